"""What languages.py is made of: words, tests and levels."""
