"""Compute impact ratios by groups that candidates declared."""
