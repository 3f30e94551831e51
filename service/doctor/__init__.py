"""Examine this machine and installation: `./start.sh doctor`. Each check is a function that returns a result with its remedy."""
