"""The pool as a use case: open it as the settings say, and add people from it to a pile."""
