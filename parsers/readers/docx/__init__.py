"""DOCX files to drafts."""
