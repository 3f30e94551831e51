"""Render the page as HTML: one module per view."""
