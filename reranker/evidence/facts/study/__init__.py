"""Find what a degree consists of: level, standing, subject, mode, school, and which lines of a resume belong to it."""
