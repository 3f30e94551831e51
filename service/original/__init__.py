"""Keep the files that resumes were read from, and show them beside their text (--keep-files)."""
