"""Requirements of a JD, lines of a resume, and the match points between them."""
