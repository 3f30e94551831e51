"""Hold the vocabulary of resumes, each list once: characters, dates, section headings, field labels. Imports nothing else of ours."""
