"""How a degree stands, whose it is and how it was studied: every word of the tables, and what dates say."""

from datetime import date

import pytest

from reranker.evidence.facts import degrees
from reranker.evidence.facts.mentions import folded
from reranker.evidence.facts.study.graduation import years_asked
from reranker.evidence.facts.study.honours import honours_asked, honours_stated
from reranker.evidence.facts.study.levels import table
from reranker.evidence.facts.study.modes import modes_asked
from reranker.evidence.facts.study.papers import papers_asked, papers_stated
from reranker.evidence.facts.study.standing import DegreeStanding, was_broken_off
from tests.each import each

TODAY = date(2026, 11, 28)
STATE, AROUND = table()["state"], table()["around"]


def standings(text: str) -> list[DegreeStanding]:
    return [fact.value.standing for fact in degrees.stated(text, TODAY)]


@each("state, word", [(state, word) for state in ("studying", "unfinished", "ended", "equivalent", "completed") for word in STATE[state]])
def test_each_word_states_how_a_degree_stands(state, word):
    expected = {"completed": DegreeStanding.AWARDED, "ended": DegreeStanding.UNFINISHED}.get(state) or DegreeStanding(state)
    assert expected in standings(f"滨河大学 会计 本科（{word.rstrip('*')}）" if word != "at" else word)


@each("word", STATE["abandoned"])
def test_each_word_states_that_a_degree_was_given_up(word):
    assert DegreeStanding.ABANDONED in standings(f"滨河大学 会计 本科（{word}）")


@each("word", [*STATE["abandoned"], *STATE["ended"], *STATE["not_returning"]])
def test_nobody_expects_that_a_study_goes_on_that_was_broken_off(word):
    written = word.replace("*", "19").replace("'", "’")
    assert was_broken_off(f"滨河大学 会计 本科（{written}）")


@each("word", STATE["unfinished"])
def test_what_is_only_unfinished_may_go_on(word):
    assert not was_broken_off(f"滨河大学 会计 本科（{word.rstrip('*')}）")


@each("word", STATE["planned"])
def test_a_wish_says_nothing(word):
    assert DegreeStanding.AWARDED not in standings(f"滨河大学 {word} 会计本科")


@each("word", [word for word in STATE["weak"] if word[0] not in "研博硕"])
def test_a_year_of_study_says_so_unless_the_study_is_over(word):
    assert set(standings(f"滨河大学 会计 学士 {word}")) <= {DegreeStanding.STUDYING, DegreeStanding.BEGUN}
    assert DegreeStanding.AWARDED in standings(f"2012.09-2016.06 滨河大学 会计 学士 {word}")


@each("word", AROUND["others"])
def test_a_degree_of_somebody_else_is_not_the_candidates(word):
    text = f"{word} master's degree holders at the University" if word.isascii() else f"{word}硕士完成大学课题"
    assert standings(text.replace("*", "ing")) == []


@each("word", AROUND["others_after"])
def test_a_degree_before_the_word_for_somebody_else_is_not_the_candidates(word):
    assert standings(f"University MBA {word.replace('*', '')}" if word.isascii() else f"硕士{word}，在大学") == []


@each("word", AROUND["denied"])
def test_a_denied_degree_is_said_to_be_lacking(word):
    assert set(standings(f"I {word} a bachelor's degree" if word.isascii() else f"{word}本科学历")) == {DegreeStanding.DENIED}


@each("kind, word", [(kind, word) for kind in ("nothing", "given_up") for word in AROUND[kind]])
def test_words_for_having_no_degree(kind, word):
    assert set(standings(word)) <= {DegreeStanding.DENIED, DegreeStanding.ABANDONED}
    assert standings(word)


@each("mode, word", [(mode, word) for mode, words in table()["mode"].items() for word in words])
def test_each_word_states_its_mode(mode, word):
    assert any(mode in fact.value.modes for fact in degrees.stated(f"滨河大学 会计 本科 {word}", TODAY))


@each(
    "text, standing, year",
    [
        ("2015.09-2019.06 滨河大学 会计 本科", "awarded", 2019),
        ("2024.09-2028.06 滨河大学 会计 本科", "studying", 2028),
        ("2025.09-至今 滨河大学 会计 本科", "studying", None),
        ("BSN, Brook College, 2025 –", "studying", None),
        ("2024级 滨河大学 会计 硕士", "studying", 2027),
        ("2027届 滨河大学 会计 硕士", "studying", 2027),
        ("B.Tech CSE, batch of 2026 (completed July 2026)", "awarded", 2026),
        ("2022.09-2026.06 滨河大学 本科（已毕业）", "awarded", 2026),
        ("BSc with final year project on drains, 2016", "awarded", 2016),
        ("LLB, withdrew after first semester, 2019", "abandoned", 2019),
        ("Dropped out of the BSc in final year, 2019", "abandoned", 2019),
        ("2026.09-2030.06 滨河大学 本科大一", "begun", 2030),
    ],
)
def test_how_a_degree_stands_by_words_and_dates(text, standing, year):
    assert (standing, year) in {(str(fact.value.standing), fact.value.year) for fact in degrees.stated(text, TODAY)}


@each(
    "text, years",
    [
        ("2026届本科毕业生", (2026, 2026)),
        ("2025届或2026届", (2025, 2026)),
        ("2025、2026届毕业生", (2025, 2026)),
        ("Only 2025 and 2026 batch graduates may apply", (2025, 2026)),
        ("2025 or 2026 pass-outs only", (2025, 2026)),
        ("class of 2027", (2027, 2027)),
        ("应届本科生", (2026, 2027)),
        ("应届、往届均可", None),
        ("毕业两年以内", (2024, 2026)),
        ("Graduated within the last 2 years", (2024, 2026)),
        ("本科毕业，2020年以来从事财务", None),
    ],
)
def test_the_years_of_graduation_asked(text, years):
    assert years_asked(text, TODAY) == years


@pytest.mark.parametrize(
    ("text", "rank"),
    [("First Class Honours", 4), ("2:1 or above", 3), ("second class upper", 3), ("2.2", 2), ("Third-class degree", 1), ("一级荣誉", 4)],
)
def test_classes_of_honours(text, rank):
    assert honours_asked(text) == rank
    assert honours_stated(text) == rank


@each(
    "requirement, modes, is_refused",
    [
        ("全日制本科", {"adult"}, True),
        ("全日制本科", set(), False),
        ("全日制本科", {"full_time", "upgraded"}, False),
        ("统招本科", {"upgraded"}, False),
        ("本科（统招专升本可）", {"upgraded"}, False),
        ("全日制本科，自考亦可", {"self_taught"}, False),
        ("第一学历须为统招本科", {"full_time", "upgraded"}, True),
        ("日間部碩士", {"part_time"}, True),
        ("Full-time MBA", {"part_time"}, True),
        ("Full-time B.Tech only; distance degrees not accepted", {"adult"}, True),
        ("Full-time position; bachelor's degree", {"adult"}, False),
    ],
)
def test_which_modes_a_requirement_refuses(requirement, modes, is_refused):
    assert modes_asked(folded(requirement)).refuses(frozenset(modes)) is is_refused


def test_proofs_are_asked_and_stated_where_they_are_there():
    assert papers_asked("海外硕士，须经留服认证") == {"recognition"}
    assert papers_asked("毕业证、学位证齐全") == {"both_certificates"}
    assert papers_stated("已完成教育部留服认证") == {"recognition"}
    assert papers_stated("留服认证办理中") == set()


@each(
    "text",
    ["left a Physics BSc at Leiden", "Quit a BSc in Physics at Leiden", "BSc Physics, Leiden — broke off", "放弃本科学业，江城大学物理学"],
)
def test_studies_that_were_left_are_no_degree(text):
    assert standings(text) == [DegreeStanding.ABANDONED]


def test_who_left_an_employer_for_a_degree_has_it():
    assert standings("Left Accenture to take an MSc at Leiden University, 2019") == [DegreeStanding.AWARDED]
