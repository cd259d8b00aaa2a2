"""OpenDocument: ODT, and ODS as an annex, read from their XML."""
