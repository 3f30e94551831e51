"""Measure what the real model does on a GPU, a Mac or this CPU: python -m benchmarks.device."""
