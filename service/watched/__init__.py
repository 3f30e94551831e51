"""Watch folders (--watch): offer new resumes that mail rules or job sites put there to every page, and read them like uploads."""
