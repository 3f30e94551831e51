"""Join the files of one person: resume, cover letter, certificates, versions of the resume, a mail's body and its attachments."""
