"""The data tab: a click changes only what it is about, and the log is checked when somebody opens the tab or asks for it."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import gradio as gr
import pytest

from feedback.store import audit
from feedback.store.store import FILE_NAME, Store
from i18n.texts import texts
from service.model import Model
from settings import Settings
from tests.feedback.stored import id_of, run_of
from tests.ui.clicks import click
from ui.page import build_page
from ui.session import Session
from ui.session_parts import Visitor
from ui.session_registry import SessionRegistry

EN = texts("en")
HELD = Session(Visitor("en"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / FILE_NAME)
    opened.add_run(run_of("job", ["林知遥", "陈屿舟"]))
    yield opened
    opened.close()


@pytest.fixture
def page(store: Store) -> gr.Blocks:
    return build_page(Model(), store, Settings(language="en"), SessionRegistry(lambda _: None, lambda _user, _tab: None))


def change_the_first_row(store: Store) -> None:
    with store.writing() as db:
        db.execute("DROP TRIGGER audit_rows_never_change")
        db.execute("UPDATE audit SET user = 'nobody' WHERE id = 1")


def test_opening_the_tab_checks_the_log_and_no_click_elsewhere_does(page: gr.Blocks, store: Store, tmp_path: Path):
    assert EN("data.whole", row=1) in click(page, "data", HELD, "")["rr-audit-verdict"]
    change_the_first_row(store)
    groups = tmp_path / "groups.csv"
    groups.write_text("name,group\n林知遥,a\n陈屿舟,b\n", "utf-8")
    compared = click(page, "rr-impact-upload", HELD, 1, 1, str(groups))
    swept = click(page, "rr-sweep", HELD)
    assert set(swept) == {"rr-people", "rr-people-title", "rr-audit"} and EN("event.retention") in swept["rr-audit"]
    assert set(compared) == {"rr-impact", "rr-audit"} and EN("event.exported") in compared["rr-audit"]
    reopened = click(page, "data", HELD, "")["rr-audit-verdict"]
    assert EN("data.known", rows=1, check=EN("data.check")) in reopened, "what was checked is not checked again"
    assert EN("data.broken", row=1) in click(page, "rr-audit-check", HELD)["rr-audit-verdict"], "unless it is asked for"


def test_a_search_changes_the_list_of_people_alone(page: gr.Blocks):
    assert set(click(page, "rr-people-search", HELD, "林知遥")) == {"rr-people"}


def test_an_erasure_is_counted_in_the_line_above_the_search(page: gr.Blocks, store: Store):
    with store.writing() as db:
        db.execute(
            "INSERT INTO kept_files (resume, name, kind, sha256, size, pages) SELECT id, 'a.pdf', 'pdf', sha256, 1000000, x'' FROM resumes"
        )
    session = Session(Visitor("en"))
    assert EN("original.kept", count=2, megabytes="2.0") in click(page, "data", session, "")["rr-people-title"]["value"]
    clicked = SimpleNamespace(_data={"action": "erase", "candidate": id_of("林知遥")})
    erased = click(page, "rr-people", session, "", clicked)
    assert EN("original.kept", count=1, megabytes="1.0") in erased["rr-people-title"]["value"]


def test_another_language_shows_the_last_verdict_in_its_words_without_a_check(page: gr.Blocks, store: Store):
    session = Session(Visitor("en"))
    click(page, "data", session, "")
    change_the_first_row(store)
    assert texts("zh")("data.whole", row=1) in click(page, "rr-language", session, "zh")["rr-audit-verdict"]


def test_a_log_without_its_key_is_said_to_be_beyond_checking(page: gr.Blocks, store: Store):
    store.path.with_name(f"{FILE_NAME}.audit-key").unlink()
    said = click(page, "data", HELD, "")["rr-audit-verdict"]
    assert EN("data.key_gone") in said and "rr-verdict yes" not in said
    audit.record(store, audit.EXPORTED, "hr")
    said = click(page, "data", HELD, "")["rr-audit-verdict"]
    assert EN("data.unchecked", row=2) in said and "rr-verdict yes" not in said


def test_opening_the_tab_leaves_a_search_that_was_made_meanwhile_and_repeats_one_that_stands_there(page: gr.Blocks):
    assert "rr-people" not in click(page, "data", HELD, ""), "the answer may arrive after that of a search"
    assert click(page, "data", HELD, "林知遥")["rr-people"] == click(page, "rr-people-search", HELD, "林知遥")["rr-people"]
