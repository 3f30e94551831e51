"""Store what people do with rankings, labels above all, and learn better weights and company terms from it."""
