"""Write a ranking as text, JSON or a spreadsheet."""
