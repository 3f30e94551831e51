"""Open the pool as the settings say, and add people from it to a pile."""
