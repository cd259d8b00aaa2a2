"""Word 97-2003 and RTF files to drafts."""
