"""Set statuses and notes of the candidates of a list, and show what colleagues do with them meanwhile."""
