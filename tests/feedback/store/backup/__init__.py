"""Backups: whole, at any moment, and without those who were erased since."""
