"""The office's page: a round from the inbox to the signed paper, in a browser.

Belongs here: pages, forms, sessions in cookies, and what of the work a person sees while it runs.
Stays out: everything that is decided or computed; each page calls the same functions as the command line.
"""
