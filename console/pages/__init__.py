"""The pages, one module a subject: a function a page, from a call to an answer.

Belongs here: reading the words of a call, calling what does the work, choosing the template.
Stays out: rights (`console.routes` says who may see which page), the work.
"""
