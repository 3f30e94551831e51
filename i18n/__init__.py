"""Hold every sentence that a person reads, by language."""
