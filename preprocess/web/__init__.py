"""Read web pages, and fragments of them, as documents: how they are encoded, what of them is shown, and their lines."""
