"""Arrange the glyphs of a page as lines in reading order."""
