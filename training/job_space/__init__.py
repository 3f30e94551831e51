"""Fit the space that jobs are compared in."""
