"""The page as HTML: one module per view."""
