"""Write invented resumes in many formats and layouts, with the text that a person reads in each."""
