"""Abbreviations that no table knows are looked for as they stand."""

import pytest

from reranker.evidence.job_text.acronyms import acronyms_of
from reranker.evidence.parsed_requirement import parse_requirement
from reranker.evidence.topics import lines_showing


@pytest.mark.parametrize(
    ("requirement", "names"),
    [
        ("Experience of continuous renal replacement therapy (CRRT)", ["CRRT"]),
        ("熟练使用APQP、PPAP、FMEA五大工具", ["APQP", "PPAP", "FMEA"]),
        ("Familiar with AS9100 or IATF 16949", ["AS9100/IATF16949"]),  # one of them is enough
        ("了解 PLC 编程，会 CAD 制图", ["CAD"]),  # PLC is a technology of the table
        ("持有 CPA 或 ACCA 优先", []),  # certificates are compared as such
        ("CET-6 以上", []),
        ("REQUIREMENTS AND SKILLS", []),
        ("Strong KPI focus; must NOT travel", []),
        ("See hr@ACME.com or WWW.EXAMPLE.COM", []),
    ],
)
def test_what_a_requirement_names(requirement: str, names: list[str]):
    assert [topic.name for topic in acronyms_of(requirement)] == names


def test_a_line_that_names_it_shows_it_and_a_line_that_denies_it_does_not():
    requirement, lines = "Experience with IATF 16949 and CRRT", ["Audits to IATF16949", "No experience with CRRT", "crrtx, CRRTs at night"]
    text = "\n".join(lines)
    starts = [text.index(line) for line in lines]
    spans = [(start, start + len(line)) for start, line in zip(starts, lines, strict=True)]
    shown = lines_showing(parse_requirement(requirement).topics, text, spans)
    assert shown == {"IATF16949": frozenset({0}), "CRRT": frozenset({2})}
