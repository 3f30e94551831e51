"""Read spreadsheets of every kind: as one document, or a person a row."""
