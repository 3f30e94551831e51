"""Keep the criteria of a list as HR changed them, and what the changes do to its order."""
