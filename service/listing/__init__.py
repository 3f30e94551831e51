"""The list of a ranking as a recruiter works with it: who each resume is of, search, filters, sorting, and what the order was before."""
