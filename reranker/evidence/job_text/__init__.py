"""Prepare the text of a job description for requirements: items of lists, facts that ask for nothing, demands in one sentence."""
