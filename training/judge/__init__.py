"""Check the judge's data, train the judge on it, and fit how its answers are weighed."""
