"""Read what a Word file shows but keeps outside its paragraphs."""
