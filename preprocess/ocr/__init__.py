"""Recognise the text of scans and photographs."""
