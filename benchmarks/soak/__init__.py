"""Run many users, programs and accidents for half an hour: python -m benchmarks.soak."""
