"""Impact ratios: the law's own arithmetic, lines that do not fit said by number, small groups marked, nothing of the file kept."""

import random
from dataclasses import replace

import pytest
from pytest import approx

from feedback.fairness.impact import Impact, impact
from feedback.labels import Weights
from feedback.learning.versions import add_weights
from feedback.store.store import RunRow, Store
from preprocess.document import Unreadable
from tests.feedback.store.test_erase import bytes_beside
from tests.feedback.stored import id_of, run_of


def kept(store: Store, names: list[str]) -> int:
    """Return a run of candidates with these file names, best first."""
    run = run_of("job", [f"text of {name}" for name in names])
    return store.add_run(replace(run, rows=tuple(replace(row, name=name) for row, name in zip(run.rows, names, strict=True))))


def declared(*lines: str, header: str = "file,group") -> bytes:
    return "\n".join([header, *lines]).encode()


def problems(measured: Impact) -> list[tuple[int, str, str]]:
    return [(problem.line, problem.reason, problem.detail) for problem in measured.problems]


def pile(store: Store, outcomes: dict[str, tuple[int, int]]) -> tuple[int, bytes, int]:
    """Return a run in which so many of each group (count, chosen) stand among the first; its number, the file, how many are chosen."""
    chosen = [f"{group}-{number}.pdf" for group, (_, first) in outcomes.items() for number in range(first)]
    others = [f"{group}-{number}.pdf" for group, (count, first) in outcomes.items() for number in range(first, count)]
    lines = [f"{name},{name.split('-')[0]}" for name in [*chosen, *others]]
    random.Random(1).shuffle(lines)
    return kept(store, [*chosen, *others]), declared(*lines), len(chosen)


def test_the_ratio_is_the_rate_over_that_of_the_group_with_the_highest(store: Store):
    """Worked by hand: 40 of 80, 48 of 120, 16 of 50. Exactly four fifths is not below."""
    run, file, top = pile(store, {"hispanic": (80, 40), "white": (120, 48), "black": (50, 16)})
    measured = impact(store, run, file, top)
    assert [(group.name, group.count, group.chosen) for group in measured.groups] == [
        ("hispanic", 80, 40),
        ("white", 120, 48),
        ("black", 50, 16),
    ]
    assert [group.rate for group in measured.groups] == approx([0.5, 0.4, 0.32])
    assert [group.ratio for group in measured.groups] == approx([1.0, 0.8, 0.64])
    assert [group.is_below for group in measured.groups] == [False, False, True]
    assert not any(group.is_small for group in measured.groups)
    assert (measured.unknown, measured.top, measured.problems) == (0, 104, ())


def test_intervals_are_wilsons_and_chances_are_fishers(store: Store):
    """Fisher's lady tasting tea has p = 0.4857 for 3 of 4 against 1 of 4; the interval of 8 of 10 is Wilson's 0.490 to 0.943."""
    run, file, top = pile(store, {"milk": (4, 3), "tea": (4, 1)})
    milk, tea = impact(store, run, file, top).groups
    assert milk.chance is None and tea.chance == approx(0.4857, abs=1e-4)
    run, file, top = pile(store, {"one": (10, 8), "two": (10, 8)})
    first, second = impact(store, run, file, top).groups
    assert (first.low, first.high) == approx((0.4902, 0.9433), abs=1e-4)
    assert second.ratio == 1.0 and second.chance == approx(1.0)


def test_a_ratio_under_four_fifths_of_few_people_is_marked_as_saying_little(store: Store):
    run, file, top = pile(store, {"a": (6, 3), "b": (5, 2)})
    second = impact(store, run, file, top).groups[1]
    assert second.ratio == approx(0.8) and second.is_small and second.chance == approx(1.0)
    run, file, top = pile(store, {"a": (200, 100), "b": (200, 60)})
    second = impact(store, run, file, top).groups[1]
    assert second.is_below and not second.is_small and second.chance is not None and second.chance < 0.001


def test_without_a_number_those_above_the_median_score_count_as_chosen(store: Store):
    run = kept(store, [f"{number}.pdf" for number in range(1, 6)])
    measured = impact(store, run, declared("1.pdf,a", "2.pdf,a", "3.pdf,b", "4.pdf,b", "5.pdf,b"))
    assert [(group.name, group.count, group.chosen) for group in measured.groups] == [("a", 2, 2), ("b", 3, 0)]
    assert measured.top is None, "the third of five is the median, and not above it"


def test_the_median_is_of_the_learned_score_where_weights_ranked(store: Store):
    version = add_weights(store, Weights(0, {"logit": 0.0, "quantified": 1.0}, "f1"), [], {}, "hr")
    rows = [
        RunRow(id_of(name), name, name, 0, 1, {"logit": logit, "quantified": q}) for name, logit, q in (("a", 9.0, 0.0), ("b", 1.0, 1.0))
    ]
    ranked = tuple(replace(row, rank=rank) for rank, row in enumerate(reversed(rows), start=1))
    run = store.add_run(replace(run_of("job", ["x"]), rows=ranked, weights_version=version))
    measured = impact(store, run, declared("a,first", "b,second"))
    assert [(group.name, group.chosen) for group in measured.groups] == [("second", 1), ("first", 0)]


def test_equal_scores_at_the_median_are_not_above_it(store: Store):
    run = run_of("job", ["a", "b", "c"])
    run = store.add_run(replace(run, rows=tuple(replace(row, name=row.text, features={"logit": 1.0}) for row in run.rows)))
    measured = impact(store, run, declared("a,x", "b,x", "c,y"))
    assert [group.chosen for group in measured.groups] == [0, 0]
    assert [group.ratio for group in measured.groups] == [None, None], "nobody was chosen: there is nothing to compare"


def test_who_declared_nothing_is_counted_apart(store: Store):
    run = kept(store, ["1.pdf", "2.pdf", "3.pdf", "4.pdf"])
    measured = impact(store, run, declared("1.pdf,女", "2.pdf,", "3.pdf,Prefer not to say"), top=2)
    assert [(group.name, group.count, group.chosen) for group in measured.groups] == [("女", 1, 1)]
    assert (measured.unknown, measured.unknown_chosen) == (3, 1)


@pytest.mark.parametrize(
    ("named", "fits"),
    [
        ("张三_后端.pdf", "张三_后端.pdf"),
        ("张三_后端", "张三_后端.pdf"),
        ("张三", "张三_后端.pdf"),
        ("jane DOE", "Resume - Jane Doe.docx"),
        ("Ｊａｎｅ　Ｄｏｅ", "Resume - Jane Doe.docx"),
        ("li", None),
        ("张", None),
    ],
)
def test_a_name_means_the_file_that_it_stands_in_whole(store: Store, named: str, fits: str | None):
    names = ["张三_后端.pdf", "Resume - Jane Doe.docx", "Lisa.pdf"]
    measured = impact(store, kept(store, names), declared(f"{named},x"), top=3)
    assert sum(group.count for group in measured.groups) == (1 if fits else 0)
    assert problems(measured) == ([] if fits else [(2, "no_candidate", "")])
    if fits:
        index = names.index(fits) + 1
        for top in (1, 2, 3):
            assert impact(store, 1, declared(f"{named},x"), top=top).groups[0].chosen == (index <= top)


def test_a_candidate_of_the_very_name_comes_before_those_whose_names_contain_it(store: Store):
    run = kept(store, ["张三.pdf", "张三_后端.pdf"])
    measured = impact(store, run, declared("张三,a"), top=1)
    assert [(group.count, group.chosen) for group in measured.groups] == [(1, 1)] and not measured.problems


def test_lines_that_do_not_fit_are_said_by_number_without_a_name(store: Store):
    run = kept(store, ["张三_a.pdf", "张三_b.pdf", "王五.pdf", "赵六.pdf"])
    lines = ["nobody.pdf,x", ",x", "张三,x", '"broken,x', "", "王五.pdf,x", "王五.pdf,y", "赵六.pdf,y", "赵六,Y"]
    measured = impact(store, run, declared(*lines), top=4)
    assert problems(measured) == [
        (2, "no_candidate", ""),
        (3, "no_name", ""),
        (4, "several_candidates", ""),
        (5, "bad_line", ""),
        (8, "other_group", ""),
    ]
    assert [(group.name, group.count) for group in measured.groups] == [("y", 1)], "who was said to be of two groups counts as unknown"
    assert measured.unknown == 3


@pytest.mark.parametrize("header", ["file;group", "姓名\t组别", "File Name,GROUP", "group,name", "x,文件,y,群体"])
def test_headers_in_both_languages_any_order_and_separator(store: Store, header: str):
    run = kept(store, ["a.pdf"])
    line = {"group,name": "f,a.pdf", "x,文件,y,群体": "1,a.pdf,2,f"}.get(header, "a.pdf,f")
    line = line.replace(",", ";" if ";" in header else "\t" if "\t" in header else ",")
    measured = impact(store, run, declared(line, header=header), top=1)
    assert [(group.name, group.count) for group in measured.groups] == [("f", 1)]


def test_a_file_in_the_encoding_of_chinese_windows_is_read(store: Store):
    run = kept(store, ["张三.pdf"])
    assert impact(store, run, "姓名,组别\n张三,女\n".encode("gb18030"), 1).groups[0].name == "女"


@pytest.mark.parametrize(
    ("data", "reason"), [(b"", "no_columns"), (b"file,age\na,1", "no_columns"), (b"%PDF-1.4\x00\xff\x00" * 50, "not_text")]
)
def test_a_file_that_is_none_is_refused(store: Store, data: bytes, reason: str):
    with pytest.raises(Unreadable) as error:
        impact(store, kept(store, ["a.pdf"]), data)
    assert error.value.reason == reason


def test_an_unknown_run_and_a_place_before_the_first_are_refused(store: Store):
    with pytest.raises(LookupError):
        impact(store, 99, declared("a,b"))
    with pytest.raises(ValueError):
        impact(store, kept(store, ["a.pdf"]), declared("a,b"), top=0)


def test_a_resume_twice_in_the_pile_counts_once_at_its_better_place(store: Store):
    run = run_of("job", ["twin", "other", "twin"])
    rows = tuple(replace(row, input_position=row.rank, name=f"{row.text}.pdf") for row in run.rows)
    measured = impact(store, store.add_run(replace(run, rows=rows)), declared("twin,a", "other,b"), top=1)
    assert [(group.name, group.count, group.chosen) for group in measured.groups] == [("a", 1, 1), ("b", 1, 0)]


def test_nothing_of_the_file_is_kept(store: Store):
    run = kept(store, ["a.pdf"])
    assert impact(store, run, declared("a.pdf,secret-group"), 1).groups[0].name == "secret-group"
    assert b"secret-group" not in bytes_beside(store) and b"a.pdf" in bytes_beside(store)
    assert [path.name for path in store.path.parent.iterdir() if not path.name.startswith(store.path.name)] == []
