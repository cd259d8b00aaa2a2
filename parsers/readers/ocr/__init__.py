"""Pictures of pages to printed text."""
