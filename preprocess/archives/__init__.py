"""List the files in archives: ZIP within limits, and RAR, 7z and tar, which `preprocess/guarded/repack.py` makes a ZIP of."""
