"""Score offline without any download: the default engine."""
