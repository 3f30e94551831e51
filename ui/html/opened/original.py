"""Render the switch between a candidate's text and the file that it was read from; scripts/original.js fills in the pages."""

from i18n.texts import Texts
from service.original.show import PICTURED, download_name
from service.run_state import RunState
from ui.html.templates import rendered


def original_html(state: RunState, resume_id: str, words: Texts) -> str:
    """Return the switch and an empty box for the file; "" if no file is kept, or names are hidden, which stand in it."""
    files = () if state.is_blind or not state.run_id else state.kept_files.get(resume_id, ())
    if not files:
        return ""
    shown = [
        {"name": file.name, "digest": file.sha256, "has_pages": file.kind in PICTURED, "download": download_name(file)} for file in files
    ]
    return rendered("original", files=shown, resume_id=resume_id, words=words)
