"""List the notes on a file that need attention at once: what was not read, and what looks odd. Others record what cleaning did."""

from preprocess.screening import screen

WARNINGS = screen.WARNINGS | {
    "page_cap",
    "page_scanned",
    "page_garbled",
    "page_part_not_read",
    "page_damaged",
    "read_by_ocr",
    "read_by_ocr_unclear",
    "ocr_page_cap",
    "unknown_glyphs",
    "embedded_not_read",
    "portfolio",
    "picture_not_read",
    "score_without",
    "lines_not_looked_at",
    "cover_letter",
    "little_text",
}
"""Their codes."""

JOB_WARNINGS = WARNINGS - {"stuffing", "cover_letter", "little_text"}
"""Those of a job description, which wins nothing by repeating itself and may be short."""
