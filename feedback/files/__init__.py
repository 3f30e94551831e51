"""Label files and spreadsheets that people bring or take away."""
