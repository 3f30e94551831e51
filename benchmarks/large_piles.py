"""Build large piles whose best are known, for the benchmarks of what is done before every resume is scored (prefilter.py, first_answer.py).

public     jobs of yc4640_ltr with its 15 graded resumes, among resumes of other trades (FAIRE, training/judge/data)
generated  groups of training/judge/data (dev and test) with their own 8 or so graded resumes, among those of other groups in that language

The grade is the share of the best label; a resume of another trade counts 0, which is right for nearly all of them and cannot be checked
for each. Everything is written by language models; there is no public pile of real resumes of this size with labels.
"""

import csv
import json
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import openpyxl

from reranker.cheap_guess import cheap_guess, judge_guess, words_guess
from reranker.embedded.engine import EmbeddedEngine
from reranker.encoder.encoder import Encoder
from reranker.engine import Query
from reranker.evidence.requirements import split_job
from reranker.instructions import DEFAULT_INSTRUCTION
from reranker.judge.judge import Judge
from training.judge.groups import JobGroup, read_groups

ROOT = Path(__file__).parents[1]
PUBLIC_DATA = ROOT.parent / "shared" / "data"


@dataclass(frozen=True)
class LargePile:
    """A query, resumes in random order, and the grade of each, 0..1."""

    name: str
    query: Query
    texts: tuple[str, ...]
    grades: tuple[float, ...]


def generated_piles(count: int, size: int) -> list[LargePile]:
    """Return piles of `size` resumes for groups of the development and test data, Chinese and English in turn."""
    groups = read_groups("dev") + read_groups("test")
    others = groups + read_groups("train")
    by_language = [[group for group in groups if group.language == language] for language in ("zh", "en")]
    chosen = [group for pair in zip(*(random.Random(1).sample(own, len(own)) for own in by_language), strict=False) for group in pair]
    return [_generated(group, others, size) for group in chosen[:count]]


def _generated(group: JobGroup, groups: Sequence[JobGroup], size: int) -> LargePile:
    own = [(resume.text, resume.label / 2) for resume in group.resumes]
    fillers = [
        resume.text for other in groups if other.trade != group.trade and other.language == group.language for resume in other.resumes
    ]
    return _pile(f"generated, {group.language}: {group.trade}", group.job, own, fillers, size)


def public_piles(count: int, size: int, data: Path = PUBLIC_DATA) -> list[LargePile]:
    """Return piles for the first jobs of yc4640_ltr; [] where the data are missing."""
    folder = data / "yc4640_ltr"
    if not folder.is_dir():
        return []
    resumes = {
        item["resume_id"]: "\n".join(map(str, item.values())) for item in map(json.loads, (folder / "resumes.jsonl").open(encoding="utf-8"))
    }
    jobs = list(map(json.loads, (folder / "jobs.jsonl").open(encoding="utf-8")))
    with (folder / "labels_final.csv").open(encoding="utf-8", newline="") as file:
        labels = {(row["job_id"], row["resume_id"]): int(row["suggested_label"]) for row in csv.DictReader(file)}
    fillers = [resume.text for group in read_groups("train") if group.language == "en" for resume in group.resumes]
    fillers += _faire(data / "faire" / "Resumes.xlsx")
    piles = []
    for job in random.Random(1).sample(jobs, count):
        own = [(text, (labels[job["job_id"], key] - 1) / 4) for key, text in resumes.items() if (job["job_id"], key) in labels]
        text = f"{job['title']}\n{job['responsibilities']}\nRequirements\n{job['requirements_text']}\nSkills: {', '.join(job['skills'])}"
        piles.append(_pile(f"public: {job['title']}", text, own, fillers, size))
    return piles


def _faire(path: Path) -> list[str]:
    """Return the resumes of FAIRE, without those of trades that the graded ones could be of."""
    rows = openpyxl.load_workbook(path, read_only=True).worksheets[0].iter_rows(min_row=4, max_col=3, values_only=True)
    return [str(text) for trade, _, text in rows if text and trade not in (None, "INFORMATION-TECHNOLOGY", "ENGINEERING")]


def _pile(name: str, job: str, own: Sequence[tuple[str, float]], fillers: Sequence[str], size: int) -> LargePile:
    dice = random.Random(name)
    known = {text for text, _ in own}
    others = [(text, 0.0) for text in dice.sample(sorted(set(fillers) - known), size - len(own))]
    resumes = [*own, *others]
    dice.shuffle(resumes)
    return LargePile(name, Query(job, DEFAULT_INSTRUCTION), tuple(text for text, _ in resumes), tuple(grade for _, grade in resumes))


def guesses(judge: Judge) -> dict[str, Callable[[Query], Callable[[str], float]]]:
    """Return what a score of a resume can be guessed by, by name; the last is the offline engine itself."""

    def engine_score(query: Query) -> Callable[[str], float]:
        engine = EmbeddedEngine(judge)
        return lambda text: next(iter(engine.score(query, [("", text)]))).logit

    return {
        "words": words_guess,
        "guess": lambda query: cheap_guess(query, judge),
        "encoder": lambda query: _encoder_guess(query, judge.encoder),
        "judge": lambda query: judge_guess(query, judge),
        "offline engine": engine_score,
    }


def _encoder_guess(query: Query, encoder: Encoder) -> Callable[[str], float]:
    """Return how near the passages of a resume are to the requirements, less how near they are to sentences of its language at large."""
    asked = encoder.queries([requirement.text for requirement in split_job(query.job)])
    neutral = encoder.queries(
        ["负责日常行政事务，整理会议纪要", "性格开朗，学习能力强", "Organised office events", "Hard-working team player"]
    )

    def guess(text: str) -> float:
        passages = encoder.passages([text[start : start + 400] for start in range(0, len(text), 400)]).T
        return float((asked @ passages).max(axis=1).mean() - (neutral @ passages).max(axis=1).mean())

    return guess


def measured(piles: Sequence[LargePile], names: Sequence[str], cache: Path | None) -> list[dict[str, list[float]]]:
    """Return for each pile the guesses of these names for all its resumes; what the file `cache` has is not computed again."""
    known = json.loads(cache.read_text("utf-8")) if cache and cache.is_file() else {}
    makers, results = guesses(Judge()), []
    for pile in piles:
        key = f"{pile.name} × {len(pile.texts)}"
        values = known.setdefault(key, {})
        for name in names:
            if name in values:
                continue
            guess, started = makers[name](pile.query), time.process_time()
            values[name] = [guess(text) for text in pile.texts]
            seconds = (time.process_time() - started) / len(pile.texts)
            print(f"{key}: {name}, {seconds:.3f} processor seconds a resume", flush=True)
            values[f"{name} seconds"] = seconds
            if cache:
                cache.write_text(json.dumps(known, ensure_ascii=False), "utf-8")
        results.append(values)
    return results
