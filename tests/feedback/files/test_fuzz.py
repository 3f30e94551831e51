"""Files of labels and of groups, kept weights and settings with anything in them: read, or refused with an error of our own."""

import io
import json
import math
import os
import zipfile
from dataclasses import fields

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback.fairness.declared_groups import declared_groups
from feedback.files.label_files import read_lines
from feedback.labels import Weights
from feedback.learning.features import NAMES
from feedback.learning.versions import NoSuchWeights, add_weights, versions, weights_of
from feedback.store.store import RunRow, Store
from preprocess.document import Unreadable
from settings import BadSetting, Settings, load_settings
from tests.fuzzing import accepts, read_or_refused

ANY_TEXT = st.text(st.characters(categories=None), max_size=60)
TIMES = int(os.environ.get("FUZZ_TIMES", "1"))
CELLS = st.sampled_from(
    ["job", "resume", "label", "职位", "简历", "标注", "name", "group", "姓名", "组", "2", "部分匹配", "", '"', "a.pdf"]
)
TABLES = st.lists(st.lists(CELLS | ANY_TEXT, max_size=5), max_size=6)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT | st.just(10**400),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(CELLS | st.just("logit") | ANY_TEXT, inner, max_size=4),
    max_leaves=8,
)


def examples(count: int) -> settings:
    checks = [HealthCheck.function_scoped_fixture]  # one store for all examples: each adds a version of its own
    return settings(max_examples=count * TIMES, deadline=None, derandomize=TIMES == 1, suppress_health_check=checks)


def table(rows: list[list[str]], delimiter: str, encoding: str) -> bytes:
    return "\n".join(delimiter.join(row) for row in rows).encode(encoding, "replace")


FILES = st.binary(max_size=200) | st.builds(table, TABLES, st.sampled_from(",;\t"), st.sampled_from(["utf-8", "utf-16", "gb18030"]))


@accepts(0.05)
@given(FILES | st.lists(JSON, max_size=4).map(lambda rows: "\n".join(map(json.dumps, rows)).encode()), st.sampled_from([".csv", ".jsonl"]))
@examples(150)
def test_any_label_file_is_read_or_refused(data: bytes, ending: str):
    assert_read_or_refused("x" + ending, data)


@given(st.integers(0, 3000))
@examples(5)
def test_json_that_nests_deeply_is_one_bad_line(depth: int):
    lines, problems = read_lines("x.jsonl", b'{"job": ' + b"[" * depth * 100)
    assert (lines, [problem.reason for problem in problems]) == ([], ["bad_line"])


def workbook() -> bytes:
    book, kept = openpyxl.Workbook(), io.BytesIO()
    assert book.active is not None
    for row in (["job", "resume", "label"], ["j", "r", 2], ["j2", "r2", "部分匹配"]):
        book.active.append(row)
    book.save(kept)
    return kept.getvalue()


WORKBOOK = workbook()
SHEET = zipfile.ZipFile(io.BytesIO(WORKBOOK)).read("xl/worksheets/sheet1.xml")
XML_PIECES = [
    b"<row>",
    b"</row>",
    b'<c r="ZZZ99999999">',
    b'<c t="s"><v>9</v></c>',
    b'<c t="n"><v>1e999</v></c>',
    b"<",
    b"&x;",
    b'r="-1"',
    b"\0",
]


@accepts(0.03)
@given(st.lists(st.tuples(st.floats(0, 1), st.sampled_from(XML_PIECES)), min_size=1, max_size=6))
@examples(60)
def test_any_sheet_is_read_or_refused(insertions: list[tuple[float, bytes]]):
    sheet = SHEET
    for where, piece in insertions:
        at = int(where * len(sheet))
        sheet = sheet[:at] + piece + sheet[at:]
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as book, zipfile.ZipFile(changed, "w") as copy:
        for name in book.namelist():
            copy.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else book.read(name))
    assert_read_or_refused("x.xlsx", changed.getvalue())


@accepts(0.05)
@given(st.lists(st.tuples(st.integers(0, len(WORKBOOK) - 1), st.integers(0, 255)), max_size=8), st.integers(0, len(WORKBOOK)))
@examples(40)
def test_any_bytes_of_a_workbook_are_read_or_refused(changes: list[tuple[int, int]], length: int):
    data = bytearray(WORKBOOK)
    for at, byte in changes:
        data[at] = byte
    assert_read_or_refused("x.xlsx", bytes(data if length % 2 else data[:length]))


def assert_read_or_refused(name: str, data: bytes) -> None:
    with read_or_refused(Unreadable):
        lines, problems = read_lines(name, data)
        assert all(line.grade in (0, 1, 2) and line.job and line.resume for line in lines)
        assert all(problem.reason for problem in problems)


@accepts(0.05)
@given(FILES | TABLES.map(lambda rows: table([["name", "group"], *rows], ",", "utf-8")))
@examples(100)
def test_any_file_of_groups_is_read_or_refused(data: bytes):
    people = [RunRow("1", "张三_后端.pdf", "", 1, 0, {}), RunRow("2", "a.pdf", "", 2, 0, {})]
    with read_or_refused(Unreadable):
        groups, problems = declared_groups(people, data)
        assert groups.keys() <= {"1", "2"}
        assert not any(problem.detail for problem in problems)


@accepts(0.02)
@given(
    JSON.map(json.dumps)
    | st.dictionaries(st.sampled_from(NAMES), st.floats() | st.integers(-9, 9)).map(lambda learned: json.dumps({"logit": 1.0} | learned))
    | ANY_TEXT
    | st.integers(1, 5000).map(lambda depth: "[" * depth * 50)
)
@examples(100)
def test_any_kept_weights_are_read_or_refused(store: Store, kept: str):
    version = add_weights(store, Weights(), [], {}, "")
    with store.writing() as db:
        db.execute(
            "UPDATE weights SET coefficients = ?, report = ? WHERE version = ?", (kept.encode("utf-8", "replace").decode(), "{}", version)
        )
    with read_or_refused(NoSuchWeights):
        assert all(map(math.isfinite, weights_of(store, version).coefficients.values()))
    assert versions(store)[0].weights.version == version
    with store.writing() as db:
        db.execute("DELETE FROM weights WHERE version = ?", (version,))


@accepts(0.1)
@given(
    st.dictionaries(
        st.sampled_from([knob.name for knob in fields(Settings)]),
        ANY_TEXT | st.integers().map(str) | st.sampled_from(["nan", "1e9", "a:b,c:d", "on"]),
    )
)
@examples(100)
def test_any_environment_gives_settings_or_names_the_bad_one(values: dict[str, str]):
    with read_or_refused(BadSetting):
        loaded = load_settings({}, {f"RERANKER_{name.upper()}": value for name, value in values.items()})
        assert isinstance(loaded.passwords, dict)
        assert isinstance(loaded.host_names, list)
