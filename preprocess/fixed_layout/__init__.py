"""Read documents whose pages are fixed, other than PDF: OFD and XPS."""
