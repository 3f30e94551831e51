"""The SQLite database: rankings, labels, audit log, erasure, retention."""
