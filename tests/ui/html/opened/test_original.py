"""The switch to the original file is offered where a file is kept, and never while names are hidden."""

from feedback.store.kept_files import KeptFile
from i18n.texts import texts
from service.run_state import RunState
from tests.ui.samples import HOSTILE
from ui.html.opened.original import original_html

WORDS = texts("zh")


def shown(*files: KeptFile, is_blind: bool = False, run_id: int = 1) -> str:
    state = RunState(kept_files={"a" * 64: files} if files else {}, is_blind=is_blind, run_id=run_id)
    return original_html(state, "a" * 64, WORDS)


def test_it_is_offered_only_for_a_stored_file_with_its_names_shown():
    file = KeptFile("林知遥.pdf", "pdf", "b" * 64, 1)
    assert 'data-original-view="file"' in shown(file) and 'data-digest="' + "b" * 64 in shown(file)
    assert shown() == shown(file, is_blind=True) == shown(file, run_id=0) == ""


def test_formats_without_pages_or_with_macros_say_so():
    word, old = shown(KeptFile("a.docm", "docx", "b" * 64, 1)), shown(KeptFile("a.doc", "doc", "b" * 64, 1))
    assert " data-pages" not in word and 'data-original-save="a.docx"' in word
    assert "data-original-save" not in old and WORDS("original.no_download") in old


def test_names_of_several_files_are_escaped():
    html = shown(KeptFile(f"{HOSTILE}.pdf", "pdf", "b" * 64, 1), KeptFile("b.docx", "docx", "c" * 64, 1))
    assert html.count("<option") == 2 and "<img" not in html
