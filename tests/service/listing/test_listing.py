"""Search, filters and order of a list: each leaves exactly those whom a person would expect."""

import gc
import weakref
from dataclasses import replace

import pytest

from feedback.labels import FULL, Label
from preprocess.document import Note, Resume
from reranker.evidence.match_points import MatchPoint
from reranker.rows import Row
from service.listing.candidate import ListedCandidate, candidates
from service.listing.introduction import introduction
from service.listing.listing import Listing, line_found, listed, search_words


def row(number: int, *statuses: str, kind: str = "must") -> Row:
    points = tuple(MatchPoint(f"requirement {index}", kind, status, "", 0, 0, 0.0) for index, status in enumerate(statuses))
    return Row(number, number, str(number), f"{number}.pdf", -number, None, {"logit": -number}, points, ())


TEXTS = (
    "王珊\n电话：13800000001\n工作经历\n东港公司  会计  2019.01-2023.01\n- 通过注册会计师（CPA）考试",
    "安然\n电话：13800000002\n工作经历\n西港公司  出纳  2021.01-2022.01\n熟悉用友 Ｕ８",
    "Zoe Miller\nEmail: zoe@example.com\nExperience\nNorth Harbour Company  Accountant  2010 - 2020\nKnows SAP",
)
RESUMES = [
    Resume(str(number), f"{number}.{suffix}", text) for number, suffix, text in zip((1, 2, 3), ("pdf", "docx", "pdf"), TEXTS, strict=True)
]
ROWS = [row(1, "met", "partial"), row(2, "met", "met"), row(3, "missing", "met")]


def numbers(listing: Listing, rows: list[Row] = ROWS, **about) -> list[int]:
    return [candidate.row.rank for candidate in listed(candidates(rows, RESUMES, **about), listing)]


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("", [1, 2, 3]),
        ("王珊", [1]),
        ("cpa", [1]),
        ("ＣＰＡ", [1]),
        ("註冊會計師", [1]),
        ("u8", [2]),
        ("公司 会计", [1]),
        ("  zoe   sap ", [3]),
        ("3.pdf", [3]),
        ("cpa sap", []),
        (".*", []),
    ],
)
def test_a_search_finds_every_word_in_names_and_full_texts(search: str, expected: list[int]):
    assert numbers(Listing(search=search)) == expected


def test_a_search_finds_a_technology_as_its_owner_wrote_it_and_as_it_is_called_now():
    renamed = Resume("4", "4.txt", "Kevin Moor\nSkills\nGo, PostgreSQL", (Note("tech_name", before="Golang", after="Go"),))
    ranks = [
        [candidate.row.rank for candidate in listed(candidates([row(1)], [renamed]), Listing(search=search))]
        for search in ("golang", "go", "GoLang kevin", "clojure")
    ]
    assert ranks == [[1], [1], [1], []]
    assert line_found(renamed, search_words("golang")) == "Go, PostgreSQL"


def test_in_blind_mode_a_search_finds_what_is_shown_only():
    blind = [replace(row, name=f"候选人 {letter}") for row, letter in zip(ROWS, "ABC", strict=True)]
    assert numbers(Listing(search="候选人 用友"), blind, is_blind=True) == [2]
    assert numbers(Listing(search="3.pdf"), blind, is_blind=True) == []


@pytest.mark.parametrize(
    ("listing", "left"),
    [
        (Listing(musts="all_met"), [2]),
        (Listing(musts="none_missing"), [1, 2]),
        (Listing(musts="some_missing"), [3]),
        (Listing(language="zh"), [1, 2]),
        (Listing(language="other"), [3]),
        (Listing(source="PDF"), [1, 3]),
        (Listing(source="PDF", language="zh"), [1]),
    ],
)
def test_a_filter_leaves_those_whom_it_says(listing: Listing, left: list[int]):
    assert numbers(listing) == left
    assert listing.is_narrowed


@pytest.mark.parametrize(
    ("listing", "left"),
    [
        (Listing(years="1"), [1, 2, 3, 4]),
        (Listing(years="3"), [1, 3, 4]),
        (Listing(years="5"), [3, 4]),
        (Listing(degree="4"), [1, 3, 4]),
        (Listing(degree="5"), [3, 4]),
        (Listing(degree="5", years="10"), [3, 4]),
        (Listing(degree="6", years="10"), [4]),
    ],
)
def test_years_and_degree_leave_nobody_out_who_does_not_tell_them(listing: Listing, left: list[int]):
    degrees = ("江宁大学  会计学  本科  2014.09-2018.06", "江宁大学  会计学  大专  2017.09-2020.06", "Northern University, MSc, 2009")
    heads = ("教育背景", "教育背景", "Education")
    told = [replace(resume, text=f"{resume.text}\n{head}\n{degree}") for resume, head, degree in zip(RESUMES, heads, degrees, strict=True)]
    silent = Resume("4", "4.txt", "孙宁\n会计，熟悉报表")
    shown = listed(candidates([*ROWS, row(4)], [*told, silent]), listing)
    assert [candidate.row.rank for candidate in shown] == left
    assert listing.is_narrowed


def test_with_musts_nothing_else_counts_and_without_them_everything_does():
    met, nice = row(1, "met").match_points or (), row(1, "missing", kind="nice").match_points or ()
    mixed = replace(ROWS[0], match_points=(*met, *nice))
    assert numbers(Listing(musts="all_met"), [mixed]) == [1]
    assert numbers(Listing(musts="some_missing"), [row(1, "met", "missing", kind="duty")]) == [1]
    assert numbers(Listing(musts="all_met"), [replace(ROWS[0], match_points=None)]) == [], "nothing is known of them yet"


def test_labels_are_the_reader_s_own_and_statuses_the_recruiter_s():
    about = {"labels": {"1": (Label("anna", FULL),), "2": (Label("ben", FULL),)}, "user": "anna", "statuses": {"3": "interview"}}
    assert numbers(Listing(label="2"), **about) == [1]
    assert numbers(Listing(label="none"), **about) == [2, 3]
    assert numbers(Listing(status="interview"), **about) == [3]


def test_flagged_are_those_with_a_warning_or_an_end_that_was_not_read():
    flagged = [
        replace(ROWS[0], notes=(Note("hidden_text"),)),
        replace(ROWS[1], notes=(Note("page_number"),)),
        replace(ROWS[2], truncated=9),
    ]
    assert numbers(Listing(flagged="yes"), flagged) == [1, 3]
    assert numbers(Listing(flagged="no"), flagged) == [2]


@pytest.mark.parametrize(
    ("sort", "order"), [("rank", [1, 2, 3]), ("musts", [2, 1, 3]), ("years", [3, 1, 2]), ("name", [3, 2, 1])]
)  # 安 before 王
def test_the_order_is_the_one_asked_for_and_the_rank_stays(sort: str, order: list[int]):
    assert numbers(Listing(sort=sort)) == order
    assert not Listing(sort=sort).is_narrowed


def test_the_line_that_has_most_of_the_search_is_quoted():
    assert line_found(RESUMES[0], search_words("会计 CPA")) == "- 通过注册会计师（CPA）考试"
    assert line_found(RESUMES[0], search_words("1.pdf")) == ""


def test_what_was_read_of_a_resume_is_forgotten_with_it():
    resume = Resume("x", "x.pdf", "林晓\n电话：13800000009")
    assert introduction(resume).name == "林晓"
    assert ListedCandidate(row(1), resume).found(["林晓"])
    gone = weakref.ref(resume)
    del resume
    gc.collect()
    assert gone() is None
