"""What numbers.py is made of: amounts, what they count, whose they are, people led, grades, employers."""
