"""Find what years.py counts: dated work, claimed years, durations, trades."""
