"""Decide who may see whose rankings, and who may administer."""
