"""Parse facts that need no learning, as a job asks for them and a resume states them: years, degrees, languages, papers, numbers."""
