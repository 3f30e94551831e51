"""Find characters of a PDF page that a person does not see."""
