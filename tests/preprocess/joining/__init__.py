"""Files of one person are one candidate."""
