"""Change in Gradio what this app needs otherwise, each with the fault that it mends."""
