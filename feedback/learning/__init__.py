"""Learn better ranking weights from labels."""
