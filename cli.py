"""The command line, as a table or one JSON object.

./start.sh rank --job JD.pdf --resumes FOLDER_OR_FILES…   rank resumes
./start.sh read FILES… [--job JD]                         show what is read of them
"""

import argparse
import json
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from feedback.learning.learned import Learned, learned
from feedback.store.database import DamagedDatabase
from feedback.store.migrations import NewerSchema
from feedback.store.store import FILE_NAME, Store
from i18n.console import fail, say
from i18n.texts import Texts, texts
from preprocess.document import Rejected, Resume, Unreadable
from preprocess.intake import File, StoredFile, collect
from preprocess.pipeline import read_resume, read_resumes
from reranker.encoder.encoder import Encoder
from reranker.engine import Engine, Query, ScoringError, facts
from reranker.instructions import DEFAULT_INSTRUCTION, TEMPLATES
from reranker.open_engine import open_engine
from reranker.qwen3.checkpoint import NoCheckpoint
from reranker.qwen3.int8_check import MIN_DOCUMENTS, keep
from reranker.ranking import Ranking, rank_stream
from reranker.scheduler import Scheduler
from service.export import write_csv, write_xlsx
from service.message import store_damaged_line
from service.read import Reading, read_files
from settings import BadSetting, Settings, add_flags, load_settings

RANKED, NOTHING_RANKED, BAD_USAGE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 with rows, 1 when nothing could be ranked, 2 on bad usage."""
    options = _parser().parse_args(arguments)
    try:
        settings = load_settings(vars(options))
    except BadSetting as error:
        return fail(str(error), BAD_USAGE)
    words = texts(settings.language)
    if options.command == "read":
        return _read(options, settings, words)
    if options.output and options.output.suffix.lower() not in (".xlsx", ".csv"):
        return fail(words("cli.output_type"), BAD_USAGE)
    if not options.job.is_file():
        return fail(words("cli.no_job", path=options.job), BAD_USAGE)
    return _rank(options, settings, words)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./start.sh", description="Rank resumes against a job description on this machine.")
    commands = parser.add_subparsers(dest="command", required=True)
    reading = commands.add_parser("read", help="show what is read of files: the text that is scored, and what was noted or refused")
    reading.add_argument("files", type=Path, nargs="+", help="files, folders or ZIPs")
    reading.add_argument("--job", type=Path, help="a job description: also show its requirements, one by one")
    reading.add_argument("--json", action="store_true", help="print one JSON object instead of text")
    add_flags(reading, "language", "max_files", "max_file_mb", "max_characters")
    ranking = commands.add_parser("rank", help="rank resumes from the command line")
    ranking.add_argument("--job", type=Path, required=True, help="the job description: PDF, DOCX, TXT or MD")
    ranking.add_argument("--resumes", type=Path, nargs="+", required=True, help="files, folders or ZIPs")
    instruction = ranking.add_mutually_exclusive_group()
    instruction.add_argument("--instruction", help="what to look for, best in English")
    instruction.add_argument("--template", choices=TEMPLATES, help="one of the ready instructions (default: tech)")
    ranking.add_argument(
        "--check-int8", action="store_true", help="also score in int8 and compare; where it agrees, the CPU uses int8 from then on"
    )
    ranking.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    ranking.add_argument("--output", type=Path, help="also write the result to a .xlsx or .csv file")
    add_flags(ranking, "model", "offline", "device", "precision", "batch_size", "language", "feedback", "max_files", "max_file_mb")
    return parser


def _read(options: argparse.Namespace, settings: Settings, words: Texts) -> int:
    try:
        reading = read_files(options.files, settings, job=options.job)
    except Unreadable as error:
        return fail(f"{options.job.name}: {words.rejected(Rejected('', error.reason, error.detail))}", NOTHING_RANKED)
    if options.json:
        print(json.dumps(reading_as_json(reading, words), ensure_ascii=False, indent=2))
    else:
        print(reading_as_text(reading, words))
    return RANKED if any(isinstance(file, Resume) for file in reading.files) else NOTHING_RANKED


def reading_as_json(reading: Reading, words: Texts) -> dict[str, Any]:
    """Return the one JSON object of `read --json`; a refused file has `text` "" and no notes."""

    def as_json(file: Resume | Rejected) -> dict[str, Any]:
        if isinstance(file, Resume):
            return {"name": file.name, "text": file.text, "notes": [asdict(note) for note in file.notes], "refused": None}
        return {"name": file.name, "text": "", "notes": [], "refused": {"reason": file.reason, "message": words.rejected(file)}}

    requirements = [{"text": requirement.text, "kind": requirement.kind} for requirement in reading.requirements]
    return {"files": [as_json(file) for file in reading.files], "requirements": requirements}


def reading_as_text(reading: Reading, words: Texts) -> str:
    """Return the output of `read` for people: each file's name, text and notes, then the requirements."""
    blocks = []
    for file in reading.files:
        if isinstance(file, Resume):
            notes = [f"* {words.note(note)}" for note in file.notes]
            blocks.append("\n".join([f"==== {file.name}", file.text, *(["----", *notes] if notes else [])]))
        else:
            blocks.append(f"==== {file.name}\n{words('cli.rejected')}: {words.rejected(file)}")
    if reading.requirements:
        lines = [f"* {words(f'kind.{requirement.kind}')}: {requirement.text}" for requirement in reading.requirements]
        blocks.append("\n".join([f"==== {words('detail.requirements')}", *lines]))
    return "\n\n".join(blocks)


def _rank(options: argparse.Namespace, settings: Settings, words: Texts) -> int:
    started = time.perf_counter()
    files, rejected = collect(options.resumes, settings.max_files, settings.max_file_mb)
    job_data = options.job.read_bytes()
    files = [file for file in files if not _is_same(file, job_data)]  # it often lies in the same folder
    try:
        job = read_resume(File(options.job.name, job_data), max_characters=settings.max_characters)
    except Unreadable as error:
        return fail(f"{options.job.name}: {words.rejected(Rejected('', error.reason, error.detail))}", NOTHING_RANKED)

    refused = len(rejected)
    resumes: list[Resume] = []
    encoder = Encoder()

    def arriving() -> Iterator[Resume]:
        """Read in the background while the model loads and while the first ones are scored."""
        for result in read_resumes(files, max_characters=settings.max_characters, job=job.text, encoder=encoder):
            if isinstance(result, Resume):
                resumes.append(result)
                yield result
            else:
                rejected.append(result)

    ranking = Ranking((), 0, finished=True)
    model: dict[str, Any] = {}
    query = Query(job.text, options.instruction or TEMPLATES.get(options.template, DEFAULT_INSTRUCTION))
    load_s = 0.0
    pile = arriving()
    if first := next(pile, None):  # no model is loaded for a pile of which nothing can be read
        load_started = time.perf_counter()
        try:
            engine = open_engine(settings.model, settings.offline, settings.device, settings.precision, settings.batch_size, encoder, say)
            load_s = time.perf_counter() - load_started
            model = facts(engine)
            known = _learned(settings, engine.fingerprint, words)
            model["weights_version"] = known.weights.version

            def expected() -> int:
                return len(files) + refused - len(rejected)

            ranking = _score_with_progress(query, chain([first], pile), expected, engine, encoder, known, words)
            rejected += [Rejected(one.name, "no_score") for one in ranking.unscored]
            if options.check_int8:
                _check_int8(engine, query, resumes)
        except (NoCheckpoint, ScoringError) as error:
            return fail(str(error), NOTHING_RANKED)

    timing = {"load_s": load_s, "score_s": ranking.timing.get("score_s", 0.0), "total_s": time.perf_counter() - started}
    if options.json:
        print(json.dumps(as_json(ranking, query, rejected, model, timing, words), ensure_ascii=False, indent=2))
    else:
        _print_table(ranking, rejected, model, timing, words)
    if options.output and ranking.rows:
        write = write_csv if options.output.suffix.lower() == ".csv" else write_xlsx
        write(options.output, ranking, query, rejected, model, words)
        say(words("cli.written", path=options.output))
    return RANKED if ranking.rows else NOTHING_RANKED


def _is_same(file: StoredFile, data: bytes) -> bool:
    try:
        return file.size == len(data) and file.data == data
    except (Unreadable, OSError):  # it will be named when its turn comes
        return False


def _check_int8(engine: Engine, query: Query, resumes: Sequence[Resume]) -> None:
    from reranker.qwen3.engine import Qwen3Engine, check_int8  # here: the embedded default must not wait for torch

    if not isinstance(engine, Qwen3Engine) or engine.device != "cpu" or engine.dtype == "INT8":
        say("--check-int8 needs the real model on the CPU, in its usual precision (--precision bf16 or fp32).")
        return
    agreement = check_int8(engine, query, [resume.text for resume in resumes], say)
    keep(agreement, engine.fingerprint)
    verdict = "INT8 is used from now on" if agreement.holds else f"INT8 is not used by itself (at least {MIN_DOCUMENTS} resumes must agree)"
    say(f"{agreement}. {verdict}; --precision always decides.")


def as_json(
    ranking: Ranking, query: Query, rejected: Sequence[Rejected], model: Mapping[str, Any], timing: Mapping[str, float], words: Texts
) -> dict[str, Any]:
    """The one JSON object of `rank --json`."""
    return {
        "model": dict(model),
        "query": asdict(query),
        "rows": [asdict(row) for row in ranking.rows],
        "rejected": [{"name": one.name, "reason": one.reason, "message": words.rejected(one)} for one in rejected],
        "timing": {name: round(seconds, 3) for name, seconds in timing.items()},
    }


def _learned(settings: Settings, fingerprint: str, words: Texts) -> Learned:
    """The weights in force, if there is any feedback yet. Ranking alone makes no database, and keeps nothing in one."""
    path = Path(settings.feedback) / FILE_NAME
    if not path.is_file():
        return Learned()
    try:
        store = Store(path)
        known = learned(store, fingerprint)
    except (NewerSchema, DamagedDatabase, OSError, sqlite3.Error) as error:
        say(words("message.not_learned", problem=error))
        return Learned()
    if store.damaged:
        say(store_damaged_line(store, words))
    if known.unreadable:
        say(words("message.weights_unreadable", version=known.unreadable))
    return known


def _score_with_progress(
    query: Query,
    resumes: Iterable[Resume],
    expected: Callable[[], int],
    engine: Engine,
    encoder: Encoder,
    known: Learned,
    words: Texts,
) -> Ranking:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    ranking = Ranking((), expected())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task(words("cli.scoring"), total=expected())
        for ranking in rank_stream(query, resumes, Scheduler(engine), encoder, expected=expected, **known.options):
            progress.update(task, completed=len(ranking.rows), total=ranking.total)
    return ranking


def _print_table(ranking: Ranking, rejected: Sequence[Rejected], model: Mapping[str, Any], timing: Mapping[str, float], words: Texts):
    console = Console()
    if ranking.rows:
        table = Table(title=f"{model['name']} · {model['dtype']} · {model['device']}", show_lines=True)
        for column in ("rank", "name", "score", "match_points", "gaps"):
            table.add_column(words(f"cli.{column}"), overflow="fold")
        for row in ranking.rows:
            points = row.match_points or ()
            score = f"{row.probability:.1%}" if row.probability is not None else f"{row.logit:.3f}"
            shown = sorted((point for point in points if point.quote), key=lambda point: -point.strength)[:3]
            quotes = [f"{_short(point.requirement)} ← {_short(point.quote)}" for point in shown]
            gaps = [_short(point.requirement) for point in points if not point.quote and point.kind != "duty"][:3]
            cells = (f"{row.rank} ({row.previous_rank})", row.name, score, "\n".join(quotes), "\n".join(gaps))
            table.add_row(*map(Text, cells))  # Text: square brackets in a resume are no markup
        console.print(table)
    for one in rejected:
        console.print(Text(words("cli.rejected"), style="yellow"), Text(f"{one.name}: {words.rejected(one)}"))
    console.print(words("cli.timing", load=timing["load_s"], score=timing["score_s"], total=timing["total_s"]))


def _short(text: str) -> str:
    return text if len(text) <= 24 else text[:23] + "…"


if __name__ == "__main__":
    sys.exit(main())
