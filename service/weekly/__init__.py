"""Report each week how far the order and HR agree."""
