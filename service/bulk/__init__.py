"""Rank pools that are too large for the page: from disk, in flat memory, and on from where a killed run ended."""
