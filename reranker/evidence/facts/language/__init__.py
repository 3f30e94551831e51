"""Find what languages.py compares: words, tests and levels."""
