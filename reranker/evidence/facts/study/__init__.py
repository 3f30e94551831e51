"""What a degree consists of: its level, its standing, its subject, its mode, its school, and which lines of a resume belong to it."""
