"""Read the text of a resume for match points: its lines, what each of them is, and the facts that they state."""
