"""The text of a job description before it is requirements: items of lists, facts that ask for nothing, demands in one sentence."""
