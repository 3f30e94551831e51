"""Score resumes against a job description, and find the evidence: engines, match points, questions and explanations."""
