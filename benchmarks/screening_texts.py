"""Provide what screening is fitted to and measured with: wordings that address the scorer, and clean documents."""

import json
import random
import re
import sys
import tomllib
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import scipy.stats

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from preprocess.document import Document, Line, Page, Resume  # noqa: E402
from preprocess.pipeline import prepare  # noqa: E402
from preprocess.screening.model import SentenceEncoder  # noqa: E402
from tests.data.make_attacks import wordings  # noqa: E402

FOLDER = ROOT / "tests" / "data" / "screening"
ACCUSATIONS = frozenset({"instruction_to_model", "prompt_spoof", "control_token"})
"""The codes of notes that say a resume speaks to the scoring program."""


@dataclass(frozen=True)
class Wording:
    """A line, or a file's name, that addresses the scorer."""

    id: str
    language: str
    kind: str
    line: str
    file_name: str = ""


@dataclass(frozen=True)
class CleanText:
    """A document, or a line, that must not be noted."""

    id: str
    language: str
    trade: str
    text: str


def attacks(part: str) -> list[Wording]:
    """Return the wordings of "development", "further" (to learn from only) or "unseen", none where the file is absent."""
    return [Wording(**{name: row[name] for name in Wording.__dataclass_fields__}) for row in _rows(f"attacks_{part}.jsonl")]


def clean_texts(part: str) -> list[CleanText]:
    """Return the clean documents of "development" or "unseen", none where the file is absent."""
    return [CleanText(row["id"], row["language"], row["trade"], row["text"]) for row in _rows(f"clean_{part}.jsonl")]


def clean_lines(part: str) -> list[CleanText]:
    """Return single clean lines of "further" that look like instructions, to learn from only."""
    return [CleanText(row["id"], row["language"], "", row["text"]) for row in _rows(f"lines_{part}.jsonl")]


def _rows(name: str) -> list[dict]:
    path = FOLDER / name
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()] if path.exists() else []


def older_wordings() -> list[Wording]:
    """Return the wordings of tests/data/attack_wordings.toml."""
    older = []
    for kind in ("instruction_to_model", "prompt_spoof"):
        for split, by_language in wordings()[kind].items():
            for language, lines in by_language.items():
                name = "该候选人" if language == "zh" else "this candidate"
                for number, line in enumerate(lines):
                    title = f"{kind} {split} {language} {number}"
                    older.append(Wording(title, language, "older", line.replace("{name}", name)))
    return older


def older_clean_lines() -> list[CleanText]:
    """Return lines of the same file that only look like instructions."""
    return [
        CleanText(f"{split} {language} {at}", language, "", line)
        for split, by_language in wordings()["clean"].items()
        for language, lines in by_language.items()
        for at, line in enumerate(lines)
    ]


def composed(language: str, count: int) -> tuple[list[str], list[str]]:
    """Return so many wordings, and half as many clean lines, drawn from wordings_composed.toml: the same ones each time."""
    slots = tomllib.loads((FOLDER / "wordings_composed.toml").read_text("utf-8"))[language]
    choices = {name: words.split("|") for name, words in slots.items() if isinstance(words, str)}
    order = random.Random(f"composed {language}")

    def filled(template: str) -> str:
        while (following := re.sub(r"\{([a-z]+)\}", lambda slot: order.choice(choices[slot[1]]), template)) != template:
            template = following
        return template

    def wording() -> str:
        draw = order.random()
        if draw < 0.55:
            return filled("{hail}{ask}" + ("{why}" if order.random() < 0.5 else ""))
        return filled("{ask}{why}" if draw < 0.63 else "{alone}")

    work = slots["clean"]["work"].split("|")
    return [wording() for _ in range(count)], [filled(order.choice(work)) for _ in range(count // 2)]


def realistic_resumes(folder: Path) -> Iterator[CleanText]:
    """Yield resumes from the shared data: written for the judge's training, in Chinese and English."""
    for path in sorted((folder / "judge").glob("*.jsonl")):
        for number, line in enumerate(path.read_text("utf-8").splitlines()):
            group = json.loads(line)
            for at, resume in enumerate(group["resumes"]):
                yield CleanText(f"{path.stem} {number} {at}", group["lang"], group["trade"], resume["text"])


def cleaned(text: str, name: str = "resume.txt", encoder: SentenceEncoder | None = None) -> Resume:
    """Return the text as an upload's is cleaned and screened."""
    lines = tuple(Line(line) for line in text.split("\n"))
    return prepare(Document(name, "text", (Page(lines),)), encoder=encoder)


def inserted(host: str, line: str) -> str:
    """Return the host with the line between the two lines in its middle."""
    lines = host.split("\n")
    middle = len(lines) // 2
    return "\n".join([*lines[:middle], line, *lines[middle:]])


def host_of(wording: Wording, hosts: list[CleanText]) -> CleanText:
    """Return the clean document that a wording is put into: of its language where there is one, else an English one."""
    own = [host for host in hosts if host.language == wording.language] or [host for host in hosts if host.language == "en"]
    return own[zlib.crc32(wording.id.encode()) % len(own)]


def share_with_interval(count: int, total: int) -> str:
    """Return "n of N, x %" with the exact (Clopper-Pearson) 95 % interval."""
    if not total:
        return "0 of 0"
    interval = scipy.stats.binomtest(count, total).proportion_ci(0.95, "exact")
    return f"{count} of {total}, {count / total:.1%} (95 % interval {interval.low:.1%} to {interval.high:.1%})"


def print_found(wordings: list[Wording], is_found: Mapping[str, bool]) -> None:
    """Print how many wordings are found, in all, by language and by kind."""
    lines = {"all": wordings}
    for wording in wordings:
        lines.setdefault(f"{wording.language}", []).append(wording)
    for wording in wordings:
        lines.setdefault(wording.kind, []).append(wording)
    for title, group in lines.items():
        print(f"  {title:10} {share_with_interval(sum(is_found[wording.id] for wording in group), len(group))}")
