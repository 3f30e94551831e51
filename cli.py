"""Rank or read resumes on the command line; print a table or one JSON object.

./start.sh rank --job JD.pdf --resumes FOLDER_OR_FILES…   rank resumes
./start.sh read FILES… [--job JD]                         show what is read of them
"""

import argparse
import json
import sqlite3
import sys
import time
from collections import deque
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from feedback.store.database import DamagedDatabase
from feedback.store.history import has_users
from feedback.store.migrations import NewerSchema
from feedback.store.store import FILE_NAME, Store
from i18n.arguments import parser_in
from i18n.console import fail, say, say_in
from i18n.texts import Texts, texts
from preprocess.document import Rejected, Resume, Unreadable
from preprocess.pipeline import Cleaning
from reranker.engine import Engine, Query
from reranker.instructions import DEFAULT_INSTRUCTION, TEMPLATES
from reranker.judge.judge import Judge
from reranker.notice import EngineError, Notice
from reranker.open_engine import configured_engine, open_engine
from reranker.qwen3.int8_check import can_be_checked, check_int8, save_check
from reranker.rows import Ranking
from service.bulk.command import BulkFlags, rank_in_bulk
from service.bulk.output import FORMATS
from service.export import as_object, spreadsheet, unread_files
from service.job import JobFile, job_noted, read_job
from service.message import Message, store_opened_lines
from service.model import Model
from service.output.as_json import reading_as_json
from service.output.as_text import print_ranking, reading_as_text
from service.output.blind_names import shown_ranking
from service.pile import Pile, add_uploads
from service.read import read_files
from service.run import run
from service.run_state import Order, RunState
from settings import BadSetting, Settings, add_flags, asked_language, load_settings

RANKED, NOTHING_RANKED, BAD_USAGE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit code: 0 with rows, 1 if nothing could be ranked, 2 on bad usage."""
    words = texts(asked_language(sys.argv[1:] if arguments is None else arguments))
    options = _parser(words).parse_args(arguments)
    try:
        settings = load_settings(vars(options))
    except BadSetting as error:
        return fail(error.sentence(words), BAD_USAGE)
    if options.command == "read":
        return _read(options, settings, words)
    if options.output and options.output.suffix.lower() not in FORMATS:
        return fail(words("cli.output_type"), BAD_USAGE)
    if problem := _bulk_problem(options):
        return fail(words(problem), BAD_USAGE)
    if not options.job.is_file():
        return fail(words("cli.no_job", path=options.job), BAD_USAGE)
    return _rank(options, settings, words)


def _parser(words: Texts) -> argparse.ArgumentParser:
    parser = parser_in(words, "./start.sh", words("command.main"))
    commands = parser.add_subparsers(dest="command", required=True)
    reading = commands.add_parser("read", help=words("command.read"))
    reading.add_argument("files", type=Path, nargs="+", help=words("command.read_files"))
    reading.add_argument("--job", type=Path, help=words("command.read_job"))
    reading.add_argument("--json", action="store_true", help=words("command.json_text"))
    _add_cleaning(reading, words)
    add_flags(reading, words, "language", "max_files", "max_file_mb", "max_characters")
    ranking = commands.add_parser("rank", help=words("command.rank"))
    ranking.add_argument("--job", type=Path, required=True, help=words("command.rank_job"))
    ranking.add_argument("--resumes", type=Path, nargs="+", required=True, help=words("command.read_files"))
    instruction = ranking.add_mutually_exclusive_group()
    instruction.add_argument("--instruction", help=words("command.rank_instruction"))
    instruction.add_argument("--template", choices=TEMPLATES, help=words("command.rank_template"))
    _add_cleaning(ranking, words)
    ranking.add_argument("--company-terms", action="store_true", help=words("command.company_terms"))
    ranking.add_argument("--keep", action="store_true", help=words("command.keep"))
    ranking.add_argument("--check-int8", action="store_true", help=words("command.check_int8"))
    ranking.add_argument("--json", action="store_true", help=words("command.json_table"))
    ranking.add_argument("--output", type=Path, help=words("command.output"))
    ranking.add_argument("--top", type=int, metavar="N", help=words("command.top"))
    ranking.add_argument("--prefilter", type=int, metavar="N", help=words("command.prefilter"))
    add_flags(ranking, words, "model", "allow_remote", "offline", "device", "precision", "batch_size", "language", "feedback")
    add_flags(ranking, words, "max_files", "max_file_mb", "max_characters")
    return parser


def _add_cleaning(parser: argparse.ArgumentParser, words: Texts) -> None:
    """Add the switches that the page has under ⚙ to a parser."""
    parser.add_argument("--no-denoise", action="store_true", help=words("command.no_denoise"))
    parser.add_argument("--no-tech-stack", action="store_true", help=words("command.no_tech_stack"))
    parser.add_argument("--blind", action="store_true", help=words("command.blind"))
    parser.add_argument("--hide-schools", action="store_true", help=words("command.hide_schools"))


def _cleaning(options: argparse.Namespace) -> Cleaning:
    return Cleaning(not options.no_denoise, not options.no_tech_stack, blind=options.blind, hide_schools=options.hide_schools)


def _read(options: argparse.Namespace, settings: Settings, words: Texts) -> int:
    try:
        reading = read_files(options.files, settings, _cleaning(options), options.job)
    except Unreadable as error:
        return fail(f"{options.job.name}: {words.rejected(Rejected('', error.reason, error.detail))}", NOTHING_RANKED)
    _say_noted(job_noted(reading.job_notes), words)
    if options.json:
        print(json.dumps(reading_as_json(reading, words), ensure_ascii=False, indent=2))
    else:
        print(reading_as_text(reading, words))
    return RANKED if any(isinstance(file, Resume) for file in reading.files) else NOTHING_RANKED


def _rank(options: argparse.Namespace, settings: Settings, words: Texts) -> int:
    started = time.perf_counter()
    try:
        job = read_job(options.job, settings)
        store = _store(options, settings, words)
    except Unreadable as error:
        return fail(f"{options.job.name}: {words.rejected(Rejected('', error.reason, error.detail))}", NOTHING_RANKED)
    except (NewerSchema, DamagedDatabase, OSError, sqlite3.Error) as error:
        return fail(f"--feedback {settings.feedback}: {error}", NOTHING_RANKED)
    _say_noted(job_noted(job.notes), words)

    order = _order(options, job)
    if _is_bulk(options):
        flags = BulkFlags(options.output, options.top or 0, options.prefilter or 0, options.json)
        return rank_in_bulk(order, options.resumes, options.job, flags, settings, store, words)
    pile, state = Pile(), RunState()
    reading = add_uploads(pile, options.resumes, settings, keep=True, leave_out=options.job.read_bytes())
    for _ in reading:
        if pile.documents:
            break
    load_s = 0.0
    with ThreadPoolExecutor(1, "reading") as reader:
        rest = reader.submit(deque, reading, 0)  # while the model loads and while the first ones are scored
        try:
            if pile.documents:  # no model is loaded for a pile of which nothing can be read
                load_started, judge, tell = time.perf_counter(), Judge(), say_in(words)
                engine = configured_engine(settings, judge, tell)
                load_s = time.perf_counter() - load_started
                if problem := _score(state, pile, order, _ready(engine, judge), settings, store, words):
                    return fail(problem, NOTHING_RANKED)
                if options.check_int8 and state.query:
                    _check_int8(engine, state.query, state.resumes, settings, judge, words)
            rest.result()
        except EngineError as error:
            return fail(words.notice(error.notice), NOTHING_RANKED)
        finally:
            pile.cancel_reading()

    timing = {"load_s": load_s, "total_s": time.perf_counter() - started}
    code = _show(options, job, order, pile, state, timing, words)
    if state.run_id and store and has_users(store):
        say(words("cli.kept_by_nobody"))
    return code


def _is_bulk(options: argparse.Namespace) -> bool:
    """Return whether any number of files is to be ranked from disk: rows are to be written as they come, or not all are to be kept."""
    return options.top is not None or options.prefilter is not None or bool(options.output and options.output.suffix.lower() == ".jsonl")


def _bulk_problem(options: argparse.Namespace) -> str:
    """Return the key of the sentence why these flags do not go together, "" if they do."""
    if not _is_bulk(options):
        return ""
    if not options.output:
        return "bulk.needs_output"
    if any(number is not None and number < 1 for number in (options.top, options.prefilter)):
        return "bulk.at_least_one"
    return "bulk.not_with" if options.keep or options.check_int8 or options.max_files is not None else ""


def _show(
    options: argparse.Namespace,
    job: JobFile,
    order: Order,
    pile: Pile,
    state: RunState,
    timing: Mapping[str, float],
    words: Texts,
) -> int:
    """Print a run's results and write the output file, in blind mode without names; return the exit code."""
    ranking = shown_ranking(state, words) or Ranking((), 0, finished=True)
    query, job_notes = (state.query, state.job_notes) if state.query else (Query(job.text, order.instruction), job.notes)
    unread = unread_files(state, pile, order.cleaning.blind, words)
    timing = {**timing, "score_s": ranking.timing.get("score_s", 0.0)}
    if options.json:
        print(json.dumps(as_object(state, query, job_notes, unread, timing, words), ensure_ascii=False, indent=2))
    else:
        print_ranking(ranking, unread, state.model, timing, words)
    if any(file.reason == "too_many" for file in unread):
        say(words("bulk.hint"))
    if options.output and ranking.rows:
        options.output.write_bytes(spreadsheet(state, options.output.suffix.lower().lstrip("."), words, unread=unread))
        say(words("cli.written", path=options.output))
    if state.run_id:
        say(words("cli.kept", run=state.run_id))
    return RANKED if ranking.rows else NOTHING_RANKED


def _store(options: argparse.Namespace, settings: Settings, words: Texts) -> Store | None:
    """Return the feedback database; None if there is none and nothing is to be kept, as ranking alone creates no database.

    With --keep, raise what `Store` raises; without, print a database's problem and do without it.
    """
    path = Path(settings.feedback) / FILE_NAME
    if not options.keep and not path.is_file():
        return None
    try:
        store = Store(path)
    except (NewerSchema, DamagedDatabase, OSError, sqlite3.Error) as error:
        if options.keep:
            raise
        say(words("message.not_learned", problem=error))
        return None
    for line in store_opened_lines(store, words):
        say(line)
    return store


def _order(options: argparse.Namespace, job: JobFile) -> Order:
    """Return the order that the page would make with the same switches."""
    instruction = options.instruction or TEMPLATES.get(options.template, DEFAULT_INSTRUCTION)
    about = {"company_terms": options.company_terms, "job_file": job, "is_kept": options.keep}
    return Order(job.text, "", "", instruction, 0, _cleaning(options), **about)


def _ready(engine: Engine, judge: Judge) -> Model:
    model = Model()
    model.ready(engine, judge)
    return model


def _score(state: RunState, pile: Pile, order: Order, model: Model, settings: Settings, store: Store | None, words: Texts) -> str:
    """Rank with a progress bar on stderr; return why it failed, else "". Unreadable files show in the result instead."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task(words("cli.scoring"), total=None)
        for message in run(state, pile, order, model, settings, store):
            if state.ranking:
                progress.update(task, completed=len(state.ranking.rows), total=state.ranking.total)
            if message and message.kind != "error":
                _say_noted(message, words)
            elif message and message.key != "message.nothing_readable":
                return message.sentence(words)
    return ""


def _say_noted(message: Message | None, words: Texts) -> None:
    if message:
        say(message.sentence(words))


def _check_int8(engine: Engine, query: Query, resumes: Sequence[Resume], settings: Settings, judge: Judge, words: Texts) -> None:
    tell = say_in(words)
    if not can_be_checked(engine.info):
        tell(Notice("int8_needs_float"))
        return
    int8 = open_engine(settings.model, settings.offline, "cpu", "int8", settings.batch_size, judge, tell)
    check = check_int8(engine, int8, query, [(resume.id, resume.text) for resume in resumes])
    save_check(check, engine.info.fingerprint)
    tell(check.verdict)


if __name__ == "__main__":
    sys.exit(main())
