"""Read mails of all kinds: their bodies and attachments, as files of their own or as one document."""
