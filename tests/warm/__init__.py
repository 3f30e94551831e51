"""Programs of this project that start at once: they are forked from a process that has imported all of it already."""
