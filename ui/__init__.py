"""Lay out the page in Gradio, handle what people do on it, and keep the state of each browser tab."""
