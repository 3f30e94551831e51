"""Run `./start.sh eval DATA.jsonl`: compare how good several orders are on labelled data. Parses arguments, reads and scores."""

import argparse
import json
import sys
import time
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from evaluation.evaluate import Judgement, Result, Scores, evaluate, has_full, is_comparable, to_groups
from evaluation.plot import draw
from evaluation.report import REFERENCE, SYSTEMS, Data, about, as_json, print_table
from evaluation.systems import InForce, in_force, score_systems
from feedback.files.imports import ImportLimits, read_texts
from feedback.files.label_files import LineProblem, read_lines
from feedback.labels import Group, Label
from feedback.learning.learned import Learned
from i18n.console import fail, say, say_in
from i18n.texts import texts
from preprocess.document import Rejected, Resume, Unreadable
from reranker.engine import Engine, info_as_json
from reranker.instructions import DEFAULT_INSTRUCTION
from reranker.judge.judge import Judge
from reranker.notice import EngineError
from reranker.open_engine import configured_engine
from settings import BadSetting, Settings, add_flags, load_settings

EVALUATED, NOTHING_EVALUATED, BAD_USAGE = 0, 1, 2
FEW_JOBS = 20
"""With fewer, bootstrap intervals come out too narrow."""
LANGUAGE = "en"
"""Of all that this command says."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Evaluate one file; return the exit code: 0 with figures, 1 if nothing could be evaluated, 2 on bad usage."""
    options = _parser().parse_args(arguments)
    try:
        settings = load_settings(vars(options))
    except BadSetting as error:
        return fail(error.sentence(texts(LANGUAGE)), BAD_USAGE)
    if not options.data.is_file():
        return fail(f"There is no data file at {options.data}", BAD_USAGE)
    if options.plot and options.plot.suffix.lower() != ".png":
        return fail("--plot must be a .png file", BAD_USAGE)
    if find_spec("ir_measures") is None:
        return fail("ir-measures is not built for this machine. With a C++ compiler: .venv/bin/pip install ir-measures", NOTHING_EVALUATED)
    try:
        return _evaluate(options, settings)
    except Unreadable as error:
        return fail(f"{options.data}: {error}", NOTHING_EVALUATED)
    except EngineError as error:
        return fail(texts(LANGUAGE).notice(error.notice), NOTHING_EVALUATED)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="./start.sh eval",
        description="Measure rankings on labelled data: JSON lines, CSV or XLSX with job, resume, label and, where there is one, job_id. "
        "job and resume are text or the path of a file, relative to the data; label is 完全匹配, 部分匹配, 不匹配 or 2, 1, 0.",
    )
    parser.add_argument("data", type=Path, metavar="DATA.jsonl")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    parser.add_argument("--plot", type=Path, metavar="FILE.png", help="where to draw the plot; default: beside the data")
    add_flags(parser, texts(LANGUAGE), "feedback", "model", "allow_remote", "offline", "device", "precision", "batch_size")
    add_flags(parser, texts(LANGUAGE), "max_file_mb", "max_characters")
    return parser


def _evaluate(options: argparse.Namespace, settings: Settings) -> int:
    started = time.perf_counter()
    data = read_data(options.data, ImportLimits(settings.max_file_mb, settings.max_characters))
    if not data.compared:
        return fail(f"{about(data)}\nThere is nothing to compare: it takes a job with resumes of two different grades.", NOTHING_EVALUATED)
    read_at = time.perf_counter()
    judge = Judge()
    tell = say_in(texts(LANGUAGE))
    engine = configured_engine(settings, judge, tell)
    loaded_at = time.perf_counter()
    known = in_force(Path(settings.feedback), engine.info.fingerprint, {group.job for group in data.compared}, judge.encoder)
    systems = _score_with_progress(data.compared, engine, judge, known.learned if isinstance(known, InForce) else None)
    results = evaluate(data.compared, systems, REFERENCE)
    ended = time.perf_counter()
    timing = {"read_s": read_at - started, "load_s": loaded_at - read_at, "score_s": ended - loaded_at, "total_s": ended - started}

    remarks = _remarks(data, engine, known)
    if options.json:
        answer = as_json(data, results, remarks, info_as_json(engine.info), DEFAULT_INSTRUCTION, timing)
        print(json.dumps(answer, ensure_ascii=False, indent=2, allow_nan=False))
    else:
        print_table(data, results, remarks, engine.info.name, timing)
    _plot(options.plot or options.data.with_name(f"{options.data.stem}_evaluation.png"), results, engine.info.name)
    return EVALUATED


def read_data(path: Path, limits: ImportLimits) -> Data:
    """Read a data file and the files that it points to, as uploads are read. Raise Unreadable if no line can be read."""
    lines, skipped = read_lines(path.name, path.read_bytes())
    texts = read_texts({cell for line in lines for cell in (line.job, line.resume)}, path.parent, anywhere=True, limits=limits)
    judgements = []
    for line in lines:
        job, resume = texts[line.job], texts[line.resume]
        if isinstance(job, Resume) and isinstance(resume, Resume):
            judgements.append(Judgement(line.job_id, job, resume, Label(line.rater, line.grade)))
        for text in (job, resume):
            if isinstance(text, Rejected):
                skipped.append(LineProblem(line.number, text.reason, text.detail))
    jobs = to_groups(judgements)
    return Data(jobs, [job for job in jobs if is_comparable(job)], sorted(skipped, key=lambda problem: problem.line))


def _score_with_progress(groups: Sequence[Group], engine: Engine, judge: Judge, known: Mapping[str, Learned] | None) -> dict[str, Scores]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    total = sum(len(group.candidates) for group in groups)
    tasks = {}
    with Progress(*columns, console=Console(stderr=True)) as progress:

        def advance(system: str):
            if system not in tasks:
                tasks[system] = progress.add_task(SYSTEMS[system], total=total)
            progress.advance(tasks[system])

        return score_systems(groups, engine, judge, DEFAULT_INSTRUCTION, known, advance)


def _remarks(data: Data, engine: Engine, known: InForce | str) -> list[str]:
    """Return remarks that a reader of the figures needs: systems left out, too few jobs, hits that are certain."""
    remarks = []
    if not engine.info.heeds_instruction:
        remarks.append(f"{SYSTEMS['no_instruction']}: left out, the engine ignores the instruction.")
    if isinstance(known, str):
        remarks.append(f"{SYSTEMS['learned']}: left out, {known}.")
    elif seen := sum(group.job_id in known.job_ids for group in data.compared):
        remarks.append(f"{SYSTEMS['learned']}: {seen} of these jobs are labelled in the feedback store too, and may flatter it.")
    if len(data.compared) < FEW_JOBS:
        remarks.append(f"From {len(data.compared)} jobs the intervals are too narrow; take {FEW_JOBS} or more.")
    for depth in (3, 5):
        if certain := sum(has_full(group) and len(group.candidates) <= depth for group in data.compared):
            remarks.append(f"Top-{depth}: a certain hit in {certain} jobs, which have no more than {depth} resumes.")
    return remarks


def _plot(path: Path, results: Mapping[str, Mapping[str, Result]], engine_name: str):
    try:
        draw(path, results, engine_name)
        say(f"Plot: {path}")
    except ImportError:
        say("For a plot: .venv/bin/pip install -c constraints.txt matplotlib")  # 75 MB that nothing else here needs
    except OSError as error:
        say(f"The plot could not be written to {path}: {error.strerror}")


if __name__ == "__main__":
    sys.exit(main())
