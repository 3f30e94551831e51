"""What years.py is made of: dated work, claimed years, durations, trades."""
