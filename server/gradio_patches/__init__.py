"""Patch Gradio where this app needs it otherwise; each module names the fault that it mends."""
