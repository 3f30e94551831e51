"""The judge: a small network that was trained to say whether a resume proves a requirement."""
