"""Read RTF as Word, WordPad, TextEdit, LibreOffice and WPS write it."""
