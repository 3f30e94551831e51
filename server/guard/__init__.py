"""Refuse requests that must not reach Gradio or the API: wrong host, origin, route or owner, too large, or nobody signed in."""
