"""A ranking as text, JSON or a spreadsheet."""
