"""Start programs of this project at once: they are forked from a process that has imported all of it already."""
