"""Learn ranking weights from labels, in seconds: `python feedback_tune.py [--dry-run | --rollback [VERSION]]` or `./start.sh tune …`.

Imports the label files in the feedback folder, learns, prints what was learned, and applies it when it passed the gate: better on jobs
that it was not learned from, beyond noise. The large model runs only for imported pairs that it has never scored.
"""

import scripts.own_python  # noqa: F401  first: the imports below need our packages

# isort: split
import argparse
import json
import sqlite3
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from feedback.files.imports import Imported, ImportLimits
from feedback.learning.metrics import MEASURES
from feedback.learning.tuning import LearningOutcome, apply, roll_back
from feedback.store.database import DamagedDatabase
from feedback.store.migrations import NewerSchema
from feedback.store.store import FILE_NAME, Store
from i18n.arguments import parser_in
from i18n.console import fail, say, say_in
from i18n.texts import Texts, texts
from reranker.engine import Engine
from reranker.judge.judge import Judge
from reranker.notice import EngineError
from reranker.open_engine import configured_engine
from reranker.scheduler import Scheduler
from service.learn import in_words, kinds_said, learn, newest_fingerprint
from service.message import store_failed, store_opened_lines
from settings import BadSetting, Settings, add_flags, asked_language, load_settings

DONE, NOTHING_TO_DO, BAD_USAGE = 0, 1, 2
USER = "feedback_tune.py"
PREVIOUS = "previous"


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn or roll back; return the exit code: 0 with a report or a rollback, 1 if there was nothing to do, 2 on bad usage."""
    words = texts(asked_language(sys.argv[1:] if arguments is None else arguments))
    options = _parser(words).parse_args(arguments)
    try:
        settings = load_settings(vars(options))
        store = Store(Path(settings.feedback) / FILE_NAME)
    except BadSetting as error:
        return fail(error.sentence(words), BAD_USAGE)
    except (NewerSchema, DamagedDatabase, OSError, sqlite3.Error) as error:
        return fail(str(error), BAD_USAGE)
    for line in store_opened_lines(store, words):
        say(line)
    try:
        return _tune(store, settings, options, words) if options.rollback is None else _roll_back(store, options.rollback, words)
    except EngineError as error:
        return fail(words.notice(error.notice), NOTHING_TO_DO)
    except sqlite3.Error as error:
        message = store_failed(error)
        return fail(words(message.key, **message.values), NOTHING_TO_DO)


def _parser(words: Texts) -> argparse.ArgumentParser:
    parser = parser_in(words, "feedback_tune.py", words("command.tune"))
    parser.add_argument("--dry-run", action="store_true", help=words("command.dry_run"))
    parser.add_argument(
        "--rollback",
        nargs="?",
        const=PREVIOUS,
        metavar="VERSION",
        help=words("command.rollback"),
    )
    parser.add_argument("--json", action="store_true", help=words("command.json_report"))
    add_flags(parser, words, "feedback", "model", "allow_remote", "offline", "device", "precision", "batch_size", "language")
    add_flags(parser, words, "max_file_mb", "max_characters")
    return parser


def _roll_back(store: Store, wanted: str, words: Texts) -> int:
    if wanted != PREVIOUS and not wanted.isdecimal():
        return fail(words("tune.no_version", version=wanted), BAD_USAGE)
    try:
        version = roll_back(store, USER, None if wanted == PREVIOUS else int(wanted))
    except LookupError:
        return fail(words("tune.no_version", version=wanted), BAD_USAGE)
    if version is None:
        return fail(words("tune.nothing_before"), NOTHING_TO_DO)
    print(words("tune.rolled_back", version=version))
    return DONE


def _tune(store: Store, settings: Settings, options: argparse.Namespace, words: Texts) -> int:
    steps = learn(
        store,
        lambda: _open_engine(settings, words),
        USER,
        ImportLimits(settings.max_file_mb, settings.max_characters),
        fingerprint="" if settings.model else newest_fingerprint(store),
        anywhere=True,
    )
    step = next(steps)
    for import_outcome in step.imported:
        _say_imported(import_outcome, words)
    for step in steps:
        if step.jobs:
            say(words("learn.scoring", done=step.done, jobs=step.jobs))
    imported, outcome = step.imported, step.outcome
    assert outcome
    version = apply(store, outcome, USER) if outcome.report.accepted and not options.dry_run else None
    if options.json:
        result = {
            "applied": version,
            "seconds": round(outcome.seconds, 3),
            "new_terms": outcome.new_terms,
            "report": asdict(outcome.report),
        }
        print(
            json.dumps(result | {"imported": [asdict(outcome_of_import) for outcome_of_import in imported]}, ensure_ascii=False, indent=2)
        )
    else:
        _print(outcome, words)
        if version is not None:
            print(words("tune.applied", version=version))
        elif outcome.report.accepted:
            print(words("tune.dry_run"))
    return DONE if outcome.report.counts.labels else NOTHING_TO_DO


def _open_engine(settings: Settings, words: Texts) -> tuple[Engine, Judge]:
    judge = Judge()
    engine = configured_engine(settings, judge, say_in(words))
    return Scheduler(engine), judge


def _print(outcome: LearningOutcome, words: Texts) -> None:
    """Print the report that the page shows, as plain text."""
    report, console = outcome.report, Console()
    verdict, counts = report.verdict, report.counts
    accepted = not verdict.reason
    console.print(words("learn.accepted" if accepted else f"learn.refused_{verdict.reason}", least=report.more_groups or 0), style="bold")
    said = words("learn.counts", groups=counts.groups, informative=counts.informative, labels=counts.labels, raters=counts.raters)
    console.print(said, words("learn.took", seconds=f"{outcome.seconds:.1f}"))
    if counts.left_out:
        console.print(words("learn.left_out", count=counts.left_out))
    for sentence in in_words([asdict(effect) for effect in report.effects], words):
        console.print(sentence)
    if verdict.learned and verdict.active and verdict.over_active:
        table = Table(*(words(f"learn.{column}") for column in ("measure", "before", "after", "change")))
        for name in MEASURES:
            cells = (
                _interval(verdict.active[name], ".1f"),
                _interval(verdict.learned[name], ".1f"),
                _interval(verdict.over_active[name], "+.1f"),
            )
            table.add_row(words(f"learn.{name}"), *cells)
        console.print(table)
        console.print(kinds_said(asdict(report), words))
        bars = Table(words("learn.effects"), "", "", show_header=True)
        largest = max(abs(effect.effect) for effect in report.effects) or 1.0
        for driver in sorted(report.effects, key=lambda effect: -abs(effect.effect)):
            bars.add_row(
                words(f"feature.{driver.name}"),
                f"{driver.effect:+.2f}",
                ("█" if driver.effect >= 0 else "▒") * round(24 * abs(driver.effect) / largest),
            )
        console.print(bars)
    for week in report.trend[-12:]:
        console.print(f"{week.monday}  {week.precision:4.0%}  {'█' * round(20 * week.precision)}")
    if report.more_groups and verdict.reason != "too_few_groups":
        console.print(words("learn.more_groups", count=report.more_groups))
    if outcome.new_terms:
        console.print(words("tune.terms", count=outcome.new_terms))


def _interval(interval: Any, form: str) -> str:
    return f"{100 * interval.value:{form}} [{100 * interval.low:{form}}, {100 * interval.high:{form}}]"


def _say_imported(imported: Imported, words: Texts) -> None:
    if imported.is_known and not imported.added and not imported.problems:
        return
    say(words("imports.done", name=imported.file, added=imported.added, repeated=imported.repeated))
    for problem in imported.problems:
        say(f"  {words.problem(problem)}")


if __name__ == "__main__":
    sys.exit(main())
