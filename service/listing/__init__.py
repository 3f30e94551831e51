"""Describe, search, filter and sort the candidates of a ranking's list, with the names they go by and the ranks that they had before."""
