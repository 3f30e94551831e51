"""Use the server beside its users: rank a large pile, ask the API, and rank a folder on the command line."""

import json
import subprocess
import sys
import time
import uuid
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from benchmarks.soak.users import Clock, Foreign, Seen, judged
from benchmarks.visitors import ROOT, User, Wrong, job, resume, rows

if TYPE_CHECKING:
    from benchmarks.soak.accidents import Machine

LARGE, FOLDER, DOCUMENTS = 200, 30, 20
_PAUSE = 1.0


def rank_a_large_pile(machine: "Machine", clock: Clock, seen: Seen) -> None:
    """Rank 200 resumes that nobody has ranked before, again and again."""
    clock.wait()
    turn = 0
    while clock.is_running:
        turn += 1
        marks = [f"large{time.monotonic_ns()}-{number}" for number in range(LARGE)]
        with judged(machine, seen), closing(User(machine.address)) as user:  # a page that stays open keeps its list: 45 MB
            user.open(uuid.uuid4().hex)
            _, board = user.rank(job(f"large{turn}"), "\n---\n".join(map(resume, marks)))
            if strange := [row.mark for row in rows(board) if row.mark not in marks]:  # the page shows the first of them
                raise Foreign(f"a large pile was shown {strange[:5]}")
            if not rows(board) or 'class="rr-summary"' not in board:
                raise Wrong(f"a pile of {LARGE} was not ranked")
            seen.actions[f"piles of {LARGE}"] += 1


def ask_the_api(machine: "Machine", clock: Clock, seen: Seen) -> None:
    """Score the same documents again and again over /v1/rerank: the same answer each time."""
    body = {"query": job("api"), "documents": [resume(f"api-{number}") for number in range(DOCUMENTS)]}
    first: dict[int, float] = {}
    clock.wait()
    while clock.is_running:
        with judged(machine, seen):
            answer = httpx.post(f"{machine.address}/v1/rerank", json=body, timeout=60, trust_env=False)
            scores = {result["index"]: result["relevance_score"] for result in answer.raise_for_status().json()["results"]}
            first = first or scores
            if len(scores) != DOCUMENTS or scores != first:
                raise Wrong("/v1/rerank gave another answer than before")
            seen.actions["asked over the API"] += 1
        time.sleep(_PAUSE)


def rank_a_folder(folder: Path, model: Path, clock: Clock, seen: Seen) -> None:
    """Rank a folder with the command again and again: the same list each time."""
    resumes = folder / "resumes"
    resumes.mkdir()
    for number in range(FOLDER):
        (resumes / f"{number}.txt").write_text(resume(f"folder-{number}"), "utf-8")
    (folder / "job.txt").write_text(job("folder"), "utf-8")
    command = [sys.executable, "cli.py", "rank", "--offline", "--model", str(model), "--feedback", str(folder / "feedback")]
    command += ["--job", str(folder / "job.txt"), "--resumes", str(resumes), "--json", "--precision", "fp32"]  # "auto" measures
    first = None
    clock.wait()
    while clock.is_running:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        listed = done.returncode == 0 and [(row["name"], row["logit"]) for row in json.loads(done.stdout)["rows"]]
        first = first or listed
        if not listed or listed != first:
            seen.wrong.append(f"the command ended with {done.returncode} or another list: {done.stderr[-300:]}")
        seen.actions["folders ranked"] += 1
        time.sleep(_PAUSE)
