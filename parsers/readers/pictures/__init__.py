"""Pictures of pages: photographs, scans and faxes as JPEG, PNG, WebP, HEIC or TIFF, alone or several as one report."""
