"""Turn uploaded files into clean resume texts: open containers, read every format in guarded processes, clean, screen and mask."""
