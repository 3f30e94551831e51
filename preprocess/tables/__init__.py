"""Spreadsheets of every kind: one document, or a person a row."""
