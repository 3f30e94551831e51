"""Remove what belongs to the pages and not to the resume, and put broken lines together."""
