"""Find what numbers.py compares: amounts, what they count, whose they are, people led, grades, employers."""
