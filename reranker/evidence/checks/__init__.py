"""Check an answer against what the resume states outright, a module for each kind of statement."""
