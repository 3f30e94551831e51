"""Propose a company's own terms from labels, and apply those that people accepted."""
