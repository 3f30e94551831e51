"""Read label files that people bring, and make cells safe in the spreadsheets that they take away."""
