"""Compare two rankings."""
