"""Lay out the tabs of the page and handle their clicks."""
