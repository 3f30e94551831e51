"""A company's own terms: proposed from labels, accepted by people."""
