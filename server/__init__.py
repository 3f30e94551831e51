"""Serve the page and the HTTP API on one port: sign-in, request guard, page sessions, and patches to Gradio."""
