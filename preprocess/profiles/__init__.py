"""Resumes as data: JSON Resume, HR-XML, Europass, and what LinkedIn exports."""
