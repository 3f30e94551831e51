"""Find what a human must be told about a resume: stuffing, instructions to the model, look-alikes, copies."""
