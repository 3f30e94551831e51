"""Read Word 97–2003 files (.doc, .dot, Kingsoft's .wps), by [MS-DOC]."""
