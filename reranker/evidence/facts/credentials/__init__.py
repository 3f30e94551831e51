"""Find and grade what certificates.py compares: the table by trade, mentions in a text, general phrases, qualifiers."""
