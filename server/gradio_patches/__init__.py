"""What this app changes in Gradio, each with the fault that it mends."""
