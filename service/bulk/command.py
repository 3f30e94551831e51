"""Run the bulk form of `./start.sh rank`: what it takes, what it says while it works, and what it prints at its end."""

import json
import sqlite3
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from feedback.learning.learned import with_company_terms
from feedback.store.store import Store
from i18n.console import fail, say, say_in
from i18n.texts import Texts
from preprocess.document import Rejected, Unreadable
from reranker.engine import Query, info_as_json
from reranker.instructions import DEFAULT_INSTRUCTION, emphasis
from reranker.judge.judge import Judge
from reranker.notice import EngineError
from reranker.open_engine import open_engine
from reranker.pace import LEAST
from reranker.scheduler import Scheduler
from service.bulk.job import BulkJob
from service.bulk.output import ResultFile
from service.bulk.record import BulkRecord, RecordInUse
from service.bulk.run import BulkResult, run_bulk
from service.job import prepare_job
from service.output.as_json import ranking_as_json, weights_as_json
from service.output.as_text import print_ranking
from service.run import MAX_INSTRUCTION, learned_or_warning
from service.run_state import Order
from settings import Settings

RANKED, NOTHING_RANKED, BAD_USAGE, INTERRUPTED = 0, 1, 2, 130
RECORD_SUFFIX = ".record"
_SHOWN = 20
"""Rows and refused files that are printed; all are in the file."""
_SAID_EVERY_S = 10.0


@dataclass(frozen=True)
class BulkFlags:
    """Arguments of a bulk run. `top` and `prefilter` are 0 where they are not given."""

    output: Path
    top: int = 0
    prefilter: int = 0
    as_json: bool = False


def rank_in_bulk(
    order: Order, paths: Sequence[Path], job_path: Path, flags: BulkFlags, settings: Settings, store: Store | None, words: Texts
) -> int:
    """Rank any number of files into `flags.output`; return the exit code."""
    started = time.perf_counter()
    if len(order.instruction) > MAX_INSTRUCTION:
        return fail(words("message.instruction_too_long", characters=f"{MAX_INSTRUCTION:,}"), NOTHING_RANKED)
    try:
        text, _ = prepare_job(order.job, order.job_file, settings.max_characters)
    except Unreadable as error:
        return fail(words.rejected(Rejected("", error.reason, error.detail)), NOTHING_RANKED)
    query = Query(text, order.instruction.strip() or DEFAULT_INSTRUCTION)
    try:
        judge = Judge()
        engine = open_engine(
            settings.model, settings.offline, settings.device, settings.precision, settings.batch_size, judge, say_in(words)
        )
        loaded = time.perf_counter()
        known, warning = learned_or_warning(store, engine.info.fingerprint, query.job, judge.encoder)
        if warning:
            say(warning.sentence(words))
        if not engine.info.heeds_instruction and emphasis(query.instruction) is None:
            say(words("message.instruction_ignored"))
        if order.company_terms:
            query = replace(query, instruction=with_company_terms(query.instruction, query.job, known.glossary))
        about = {
            "learned": known,
            "output": flags.output,
            "top": flags.top,
            "prefilter": flags.prefilter,
            "leave_out": job_path.read_bytes(),
        }
        job = BulkJob(paths, query, order.cleaning, settings, Scheduler(engine), judge, **about)
        result = _run(job, flags.output, words)
    except EngineError as error:
        return fail(words.notice(error.notice), NOTHING_RANKED)
    except RecordInUse:
        return fail(words("bulk.in_use", path=f"{flags.output}{RECORD_SUFFIX}"), NOTHING_RANKED)
    except sqlite3.Error as error:
        return fail(words("bulk.bad_record", path=f"{flags.output}{RECORD_SUFFIX}", problem=error), NOTHING_RANKED)
    except OSError as error:
        return fail(words("bulk.not_written", path=flags.output, problem=error.strerror or error), NOTHING_RANKED)
    except KeyboardInterrupt:
        return fail(words("bulk.interrupted"), INTERRUPTED)
    timing = {"load_s": loaded - started, "score_s": time.perf_counter() - loaded, "total_s": time.perf_counter() - started}
    return _show(result, job, order, flags, timing, words)


def _run(job: BulkJob, output: Path, words: Texts) -> BulkResult:
    record = BulkRecord(output.with_name(output.name + RECORD_SUFFIX), job.key())
    try:
        result = ResultFile(output, words, job.cleaning.blind)
        try:
            return run_bulk(job, record, result, _Teller(words).tell)
        finally:
            result.close()
    finally:
        record.close()


class _Teller:
    """Says on stderr, every some seconds, how far each stage is and how long it will take yet."""

    def __init__(self, words: Texts):
        self._words, self._stage, self._said = words, "", 0.0
        self._started, self._new, self._sentence = 0.0, 0, ""

    def tell(self, stage: str, done: int, total: int, is_new: bool) -> None:
        """Say it if it is time, or if the stage is at its end."""
        now = time.monotonic()
        if stage != self._stage:
            self._stage, self._started, self._new, self._said = stage, now, 0, now
        self._new += is_new
        if is_new and self._new == 1:
            self._started = now  # before that files were listed, and scores were known
        if now - self._said < _SAID_EVERY_S and done < total:
            return
        self._said = now
        is_paced = self._new >= LEAST
        left = (total - done) * (now - self._started) / (self._new - 1) if is_paced else 0.0
        said = self._words(f"bulk.{stage}", done=f"{done:,}", total=f"{total:,}")
        sentence = f"{said} · {time_left(left, self._words)}" if done < total and is_paced else said
        if sentence != self._sentence:  # a stage may tell its end twice
            self._sentence = sentence
            say(sentence)


def time_left(seconds: float, words: Texts) -> str:
    """Return in words how long something will take."""
    if seconds < 60:
        return words("progress.left_seconds", count=max(5, 5 * round(seconds / 5)))
    if seconds < 5400:
        return words("progress.left_minutes", count=round(seconds / 60))
    return words("bulk.left_hours", count=f"{seconds / 3600:.1f}")


def _show(result: BulkResult, job: BulkJob, order: Order, flags: BulkFlags, timing: Mapping[str, float], words: Texts) -> int:
    model = job.engine.info
    shown = result.best if flags.as_json else replace(result.best, rows=result.best.rows[:_SHOWN])
    if flags.as_json:
        notes = order.job_file.notes if order.job_file else ()
        about = info_as_json(model) | weights_as_json(job.learned.weights)
        answer = ranking_as_json(shown, job.query, notes, result.rejected, about, timing, 0, words)
        print(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        print_ranking(shown, result.rejected[:_SHOWN], model, timing, words)
    counts = {"ranked": f"{result.ranked:,}", "rejected": f"{len(result.rejected):,}", "known": f"{result.known:,}"}
    say(words("bulk.done", **counts))
    if result.not_scored:
        say(words("bulk.not_scored", count=f"{result.not_scored:,}"))
    if result.apart:
        say(words("bulk.apart", count=f"{result.apart:,}"))
    if result.ranked:
        say(words("bulk.written", path=flags.output, record=f"{flags.output}{RECORD_SUFFIX}"))
    return RANKED if result.ranked else NOTHING_RANKED
