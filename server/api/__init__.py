"""Serve the HTTP API for programs: rerank texts, rank and read files, and what an operator asks of a server."""
