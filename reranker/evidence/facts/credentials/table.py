"""Look up the table of certificates, licences and titles (trades/*.toml), and what each includes.

A row has a `name` and
- `words`: Chinese ones are found anywhere, in either script; Latin ones as whole words, those in capitals only just so; "*" stands for
  more letters, "~" for a few characters that say nothing. `short`: words that count only where their line has one of `near` too
  (no `near`: a word for a certificate or a level). `never`: other words that contain one,
  `unless`: words on the line of an acronym that say that it stands for something else ("CPA" beside "campaign");
- `of`: the name of the row that leaves the kind open ("教师资格证"), and `beside`: words beside a mention of that one that say this kind;
- `includes`: what it proves, too (of these again all they include): the level below first, which is one step;
- `in_order`: steps of one examination: whoever prepares for it has passed those it includes. `parts`: how many papers
  the examination has, `papers`: their names, three of which in a row mean it.

The sections of a file are fields: what "or similar" takes in; `topic`: words for all of a field ("无财会类证书").
Sources of `includes`: 《教师资格条例》 art. 5; 《机动车驾驶证申领和使用规定》 annex 1; 49 CFR 383.91 (CDL classes); directive 2006/126/EC
(EU driving licences);
the provinces' lists of qualifications that count as a title (《职业资格与职称对应目录》); syllabuses of the issuing bodies. As of 2026-11.
"""

import re
import tomllib
from functools import cache
from pathlib import Path

from preprocess.lexicon.characters import CJK
from reranker.evidence.facts.mentions import folded

TABLE: dict[str, dict] = {
    row["name"]: row | {"field": field, "topic": section.get("topic", "")}
    for path in sorted(Path(__file__).with_name("trades").glob("*.toml"))
    for field, section in tomllib.loads(path.read_text("utf-8")).items()
    for row in section["rows"]
}
_FAR = 9
"""Levels between a row that leaves the kind open and what that includes: nobody knows how many."""
_SHORTENED = (
    ("practitioner", "practioner"),
    (" and ", " & "),
    (" & ", " and "),
    ("licen*", "lisen*"),
    ("licen*", "liscen*"),
    ("licen*", "lic"),
    ("certif*", "cert"),
    ("certif*", "certs"),
    ("registered ", "reg. "),
    ("registered ", "reg "),
    ("licensed ", "lic. "),
)
_ACRONYM = re.compile(r"[A-Z]{2,4}")
_GRADED = re.compile(rf"(?P<grade>[初中高一二三四五]级)(?P<of>[{CJK}]{{2,8}}[师者员])")
_OF_VENDOR = re.compile(r"(?P<vendor>[A-Za-z]{3,12}|华为|思科|阿里云|腾讯云|甲骨文|微软|红帽)\s?认证")
_MORE_OF_VENDOR = ("相关", "云", "云端", "云端相关", "云相关", "系列", "原厂", "官方", "任一")
_PAPERS = ("执照", "资格证", "上岗证", "操作证", "等级证", "技能证", "职业证")


@cache
def included(name: str) -> frozenset[str]:
    """Return the names that one proves: itself, the kind left open, and by the table lower ones."""
    return frozenset(_steps(name))


def steps_below(name: str, lower: str) -> int | None:
    """Return by how many levels `lower` is below `name` in its own field; None where it is not below."""
    steps = _steps(name).get(lower)
    return steps if steps is not None and lower != name and TABLE[lower]["field"] == TABLE[name]["field"] else None


def is_open(name: str) -> bool:
    """Return whether a row leaves the kind open."""
    return name in kinds_of()


@cache
def _steps(name: str) -> dict[str, int]:
    steps, reached = {name: 0}, [name]
    for higher in reached:
        row = TABLE[higher]
        below = steps[higher] + (_FAR if is_open(higher) and higher != name else 1)
        for lower, step in [*((lower, below) for lower in row.get("includes", [])), *([(row["of"], steps[higher])] if "of" in row else [])]:
            if lower not in steps or step < steps[lower]:
                steps[lower] = step
                reached.append(lower)
    return steps


@cache
def kinds_of() -> dict[str, tuple[str, ...]]:
    """Return the kinds of each row that leaves the kind open."""
    opens = {row["of"] for row in TABLE.values() if "of" in row}
    return {name: tuple(row["name"] for row in TABLE.values() if row.get("of") == name) for name in opens}


def words_of(row: dict, key: str) -> list[str]:
    """Return the words of a row with what people shorten in them: "lic", "cert", "reg.", "R.N.".

    Chinese papers and grades stand in other order, too: 健康证 as 健康上岗证, 中级经济师 as 经济师(中级.
    """
    words = [folded(word) for word in row.get(key, [])]
    words += [".".join(word) + "." for word in words if _ACRONYM.fullmatch(word)]
    for long, short in _SHORTENED:
        words += [word.replace(long, short) for word in words if long in word]
    if key == "words":
        vendors = [match["vendor"] for word in words if (match := _OF_VENDOR.fullmatch(word))]
        words += [vendor + more + paper for vendor in vendors for more in _MORE_OF_VENDOR for paper in ("认证", "证书", "证照")]
        graded = [match for word in words if (match := _GRADED.fullmatch(word))]
        words += [f"{match['of']}{bracket}{match['grade']}" for match in graded for bracket in ("", "(", ":", " ")]
        words += [f"{match['grade']}{more}以上{match['of']}" for match in graded for more in ("", "及", "或", "及其")]
        words += [
            word[:-1] + kind for word in words if len(word) > 2 and word.endswith("证") and word[-2] not in "格业作岗" for kind in _PAPERS
        ]
    return words
