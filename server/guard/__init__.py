"""Check what a request must pass before it reaches Gradio."""
