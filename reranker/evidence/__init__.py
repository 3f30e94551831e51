"""Find the requirements of a JD, the lines of a resume, and the match points between them."""
