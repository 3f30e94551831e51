"""The shortlist that is printed."""
