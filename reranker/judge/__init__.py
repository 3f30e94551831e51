"""Judge whether a resume proves a requirement, by a small network that was trained to say so."""
