"""Read resumes that are data: JSON Resume, HR-XML, Europass, and what LinkedIn exports."""
