"""Labels to better ranking weights."""
