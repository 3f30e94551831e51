"""Impact ratios by groups that candidates declared."""
