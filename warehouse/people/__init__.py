"""People: who may do what, who is signed in, and the log of what was done.

Belongs here: accounts and their rights, passwords, sessions, links used once, slowed-down sign-ins, acts.
Stays out: cookies, forms and pages (`console`), words of the command line.
"""
