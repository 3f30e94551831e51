"""Read office files other than DOCX: Word 97, RTF, ODF text, Word 2003 XML, PowerPoint."""
