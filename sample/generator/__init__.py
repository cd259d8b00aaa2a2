"""The sample round: how the files of `sample/inbox` were made.

Belongs here: invented figures, five manners of writing a report, and their rendering as DOCX, PDF and scan.
Stays out: anything the product itself uses. `python -m sample.generator` writes the inbox and the answer key anew.
"""
