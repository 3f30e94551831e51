"""Facts that are parsed rather than learned: years, degrees, language levels."""
