"""Read untrusted files in child processes with bounded memory, time and output."""
