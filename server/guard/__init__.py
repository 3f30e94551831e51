"""What a request must pass before it reaches Gradio."""
