"""Back the feedback store up into one file and bring it back: `./start.sh backup` and `./start.sh restore`."""
