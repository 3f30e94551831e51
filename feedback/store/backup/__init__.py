"""Write the whole feedback store into one file while the program runs, and bring such a file back (docs/operations.md)."""
