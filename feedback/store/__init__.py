"""Keep rankings, labels and the audit log in an SQLite database; erase people, and delete by age."""
