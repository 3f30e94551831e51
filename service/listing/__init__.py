"""Work with the list of a ranking as a recruiter does: who each resume is of, search, filters, sorting, and the order before."""
