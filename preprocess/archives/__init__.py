"""Archives that are no ZIP: RAR, 7z and tar, in guarded processes only (`preprocess/guarded/repack.py`)."""
