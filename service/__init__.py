"""The use cases: what the page and the command line do, without a word of either."""
