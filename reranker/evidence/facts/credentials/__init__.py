"""What certificates.py is made of: the table by trade, mentions in a text, general phrases, qualifiers."""
