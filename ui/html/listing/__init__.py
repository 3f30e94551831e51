"""Render the list of candidates and what stands around it."""
