"""What HR does with the candidates of a list: statuses and notes, and what colleagues do with them meanwhile."""
