"""Show the page: Gradio's blocks, one module per tab, and the views that they fill."""
