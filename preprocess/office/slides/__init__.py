"""Read PowerPoint files (.pptx, .ppsx, .potx)."""
