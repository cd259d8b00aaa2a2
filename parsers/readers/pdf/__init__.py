"""PDF files to drafts."""
