"""Make the runs that tests of the store need."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from feedback.store.store import Run, RunRow
from tests.engines import engine_info

ENGINE = engine_info(name="test", score_scale="relative")


def id_of(text: str) -> str:
    """Return the id that a resume with this text has."""
    return hashlib.sha256(text.encode()).hexdigest()


def run_of(job: str, texts: Sequence[str], at: float = 1000.0, fingerprint: str = "f1", shown: bool = True, **features: float) -> Run:
    """Return a run that ranked these resumes in this order; the first has the highest logit. `features` are the same for all."""
    rows = tuple(
        RunRow(id_of(text), f"{text[:8]}.pdf", text, rank if shown else 0, len(texts) - rank, {"logit": 5.0 - rank, **features})
        for rank, text in enumerate(texts, start=1)
    )
    return Run(job, "instruct", {"blind": False}, replace(ENGINE, fingerprint=fingerprint), 0, "hr", at, rows)
