"""Render the shortlist that is printed."""
