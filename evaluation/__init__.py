"""Measure rankings on labelled data."""
