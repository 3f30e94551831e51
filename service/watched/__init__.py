"""Watched folders (--watch): new resumes that mail rules or job sites put there are offered to every page, and read like uploads."""
