"""The common ground every room of the house stands on.

Belongs here: the tree of errors, the message catalogues, the clock's time zone, Vietnamese text and number formats.
Stays out: anything that knows a report, a figure, a database or a pipeline.
"""
