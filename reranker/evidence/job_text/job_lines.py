"""Put a job description into lines of one heading or item each, and say which of them stand in a list of those who are turned away."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from preprocess.lexicon.characters import LIST_MARKS, simplified
from reranker.evidence.job_headings import INLINE, NUMBER, bare, is_item, is_made_of_headings, known_heading, shaped_heading
from reranker.evidence.job_text.exclusions import EXCLUDED, list_below
from reranker.evidence.job_text.item_numbers import CHOICE, one_item_a_line
from reranker.evidence.job_text.stated_facts import demands_by_label, is_fact

_INLINE_NUMBER = re.compile(rf"(?<=[。；;.，,\s：:]){NUMBER}\s*(?=\S)")
_SIGN = re.compile(rf"\s*+(?:[{LIST_MARKS}]+|{NUMBER})\s*+")
OTHERWISE = re.compile(r"\s*(?:或(?!许)|亦或|or\b)", re.IGNORECASE)
"""Begins the other alternative of what stands before it: "本科；或大专且五年经验" is one requirement."""


@dataclass(frozen=True)
class JobLine:
    """`heads` is the kind of section that it heads, None for none; `text` is then what follows the heading on its line.

    `excludes` is the heading under which it says whom nobody wants, "" where it does not; a heading of that kind is its own.
    """

    text: str
    heads: str | None = None
    excludes: str = ""


def job_lines(job: str) -> list[JobLine]:
    """Return the lines in the order of the text."""
    return _of_exclusions(_joined([line for raw in _headed(one_item_a_line(job).splitlines()) for line in raw]))


def _headed(raw_lines: list[str]) -> Iterator[list[JobLine]]:
    """Yield each line in the parts that it holds, headings and items."""
    first = next((index for index, line in enumerate(raw_lines) if line.strip()), 0)
    for index, raw in enumerate(raw_lines):
        parts = _unfolded(raw)
        may_head = index != first or is_made_of_headings(bare(raw))  # else it is the title of the job
        shaped = shaped_heading(raw_lines, index) if may_head and len(parts) == 1 and known_heading(raw) is None else None
        if shaped is not None:
            yield [JobLine("", shaped)]
            continue
        yield [_job_line(part, raw_lines[index + 1 :]) for part in parts]


def _job_line(part: str, following: list[str]) -> JobLine:
    """Return a part of a line; a fact about the job among the items of a list ends no section."""
    heading = known_heading(part)
    if heading is None:
        return JobLine(part)
    if heading[0] == "" and heading[1]:
        is_followed_by_item = is_item(next((line for line in following if line.strip()), ""))
        if demands_by_label(bare(part)) or (is_fact(bare(part)) and is_followed_by_item):
            return JobLine(part)
    if heading[0] == EXCLUDED:
        return JobLine(heading[1], EXCLUDED, part.strip().removesuffix(heading[1]))
    return JobLine(heading[1], heading[0])


def _joined(lines: list[JobLine]) -> list[JobLine]:
    """Return the lines, one that begins with "或" or "or" at the end of the line before it, whose alternative it is."""
    joined: list[JobLine] = []
    for line in lines:
        if joined and line.heads is None and OTHERWISE.match(line.text) and joined[-1].heads is None:
            joined[-1] = replace(joined[-1], text=f"{joined[-1].text} {line.text}")
        else:
            joined.append(line)
    return joined


def _of_exclusions(lines: list[JobLine]) -> list[JobLine]:
    """Return the lines with what stands in a list of those who are turned away marked, without the headings of such lists."""
    marked: list[JobLine] = []
    of_list = 0
    for index, line in enumerate(lines):
        if line.heads != EXCLUDED:
            marked.append(replace(line, excludes=marked[-1].excludes) if of_list else line)
            of_list = max(0, of_list - 1)
            continue
        below = [other.text for other in takewhile(lambda other: other.heads is None, lines[index + 1 :])]
        if not line.text.strip() or is_item(line.text):
            of_list = sum(1 for _ in list_below(line.excludes, below))
        marked.append(replace(line, heads=None))
    return marked


def _unfolded(line: str) -> list[str]:
    """Return a paragraph cut before each heading and each item of a numbered list in it; a list to choose from is one item."""
    starts = {match.start() for match in INLINE.finditer(simplified(line)) if not _SIGN.fullmatch(line, 0, match.start())}
    numbers = [match.start() for match in _INLINE_NUMBER.finditer(line)]
    if numbers and CHOICE.search(line, 0, numbers[0]):
        numbers = []
    if len(numbers) > 1 or (numbers and line.strip()[:1].isdigit()):
        starts.update(numbers)
    cuts = [0, *sorted(starts), len(line)]
    return [part for left, right in pairwise(cuts) if (part := line[left:right].strip())]
