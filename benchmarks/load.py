"""Load the server with many users at once, over HTTP:  python benchmarks/load.py [--model FOLDER | --layers 4] [--users 8] [--resumes 6]

Starts the real server on a free port of 127.0.0.1 and speaks to it as browsers do (upload, queue, stream of events), a session a user.
0. How long the weights alone take to load (a folder with Qwen3, here where torch is imported), then the page and the model to come up,
   the weights being in the file cache.
1. Users upload resumes of their own and rank them at the same time: resumes per second, latency, and that nothing is lost or mixed up.
2. A ranking of 3 resumes alone, and beside one of 200 in another session; then that one is stopped: how long until the engine is free.
Every text is new, so no cache helps. Exit code 1 when a row is missing, doubled or another user's; a missed target is only printed.

Without --model it takes a seeded random Qwen3. The narrow one scores in no time: it shows what everything around the model costs, and
beside 200 resumes mostly their match points. With --layers it has the real width, with 28 the real size: fairness of scoring.
"""

import argparse
import math
import os
import platform
import statistics
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import httpx
import torch

from benchmarks.visitors import User, Wrong, check, file_name, job, resume, rows, running
from reranker.qwen3.checkpoint import weight_files
from reranker.qwen3.device import LABELS, choose_device
from reranker.qwen3.model import Qwen3Model
from reranker.qwen3.prompt import MAX_TOKENS
from tests.data.random_qwen3 import write_random_qwen3

BIG, SMALL, ROUNDS, TARGET = 200, 3, 3, 3.0


def main() -> int:
    """Load a server with users at once, and print what they wait for; return 1 with its log if something goes wrong, else 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, help="a folder with weights; default: random ones")
    parser.add_argument("--layers", type=int, help="of random weights of the real width (28: the real size); default: narrow ones")
    parser.add_argument("--users", type=int, default=8)
    parser.add_argument("--resumes", type=int, default=6, help="of each user")
    options = parser.parse_args()
    machine = f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores"
    print(f"{machine}, torch {torch.__version__}, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as temporary:
        full = options.layers is not None
        model = options.model or write_random_qwen3(Path(temporary) / "model", full=full, layers=options.layers)
        log = Path(temporary) / "server.log"
        print(loading(model))
        try:
            with running(str(model.resolve()), log) as server:
                address = server.address
                User(address).rank(job("warm"), resume("warm"))  # the first ranking loads things
                print(log.read_text("utf-8").strip())  # which model, precision and device, and why
                print(f"Jobs of {len(job('1'))} characters, resumes of {len(resume('1-1'))}")
                together(address, options.users, options.resumes)
                fairness(address)
        except (Wrong, httpx.HTTPError) as error:
            print(f"FAILED: {type(error).__name__}: {error}\nThe server said:\n{log.read_text('utf-8')}")
            return 1
    return 0


def loading(folder: Path) -> str:
    """Return in words how long the weights take to load for the second time, in the precision that the app would choose here."""
    choice = choose_device()
    Qwen3Model(folder, choice, MAX_TOKENS)  # brings the files into the cache
    start = time.perf_counter()
    Qwen3Model(folder, choice, MAX_TOKENS)
    seconds = time.perf_counter() - start
    size = sum(path.stat().st_size for path in weight_files(folder)) / 1e9
    return f"Loading {size:.2g} GB of weights from the page cache, alone: {seconds:.2f} s ({LABELS[choice.dtype]}, {choice.device})"


def together(address: str, users: int, resumes: int) -> None:
    """Let everyone upload, then press the button, and print the figures. Raises Wrong unless everyone has their own rows."""
    marks = [[f"{user}-{number}" for number in range(resumes)] for user in range(users)]
    piles = [{file_name(mark): resume(mark) for mark in marks[user]} for user in range(users)]
    tabs = [User(address) for _ in piles]
    with ThreadPoolExecutor(users) as pool:
        start = time.perf_counter()
        list(pool.map(User.upload, tabs, piles))
        uploaded = time.perf_counter()
        results = list(pool.map(User.rank, tabs, [job(str(user)) for user in range(users)]))
        done = time.perf_counter()
    for own, (_, board) in zip(marks, results, strict=True):
        check(board, own, {mark: file_name(mark) for mark in own})
    latencies = sorted(seconds for seconds, _ in results)
    p95 = latencies[math.ceil(0.95 * users) - 1]
    print(f"{users} users × {resumes} resumes at once: nothing lost, {users * resumes / (done - uploaded):.1f} resumes/s ranked")
    print(f"  all uploads {uploaded - start:.1f} s; latency of a ranking: p50 {statistics.median(latencies):.1f} s, p95 {p95:.1f} s")


def fairness(address: str) -> None:
    """Print the medians of a small ranking alone and beside a big one; then stop the big one."""
    visitor, crowd = User(address), User(address)

    def small(key: str, size: int = SMALL) -> float:
        marks = [f"{key}-{number}" for number in range(size)]
        seconds, board = visitor.rank(job(key), "\n---\n".join(map(resume, marks)))
        check(board, marks)
        return seconds

    one_alone = small("one", 1)
    alone = statistics.median(small(f"alone{turn}") for turn in range(ROUNDS))
    with ThreadPoolExecutor(1) as pool:
        big = pool.submit(crowd.rank, job("big"), "\n---\n".join(resume(f"big-{number}") for number in range(BIG)))
        try:
            while not crowd.has_rows.wait(0.05) and not big.done():
                pass
            beside = []
            while len(beside) < ROUNDS and not big.done():
                seconds = small(f"beside{len(beside)}")
                if not big.done():
                    beside.append(seconds)
        finally:
            start = time.perf_counter()
            crowd.stop()
        small("after", 1)
        free = time.perf_counter() - start
        whole, board = big.result(timeout=60)
    scored = [row.mark for row in rows(board)]
    if len(set(scored)) != len(scored) or not all(mark.startswith("big-") for mark in scored):
        raise Wrong(f"the board of the stopped ranking has {scored}")
    if not beside:
        print(f"{BIG} resumes were done in {whole:.1f} s, before {SMALL} beside them: take --layers 4 or more")
        return
    ratio = statistics.median(beside) / alone
    print(f"{SMALL} resumes alone {alone:.2f} s (median of {ROUNDS}), beside a ranking of {BIG} {alone * ratio:.2f} s (of {len(beside)})")
    print(f"  ratio {ratio:.1f}x; target <= {TARGET:.0f}x: {'met' if ratio <= TARGET else 'MISSED'}")
    if 'class="rr-summary warn"' in board:
        print(f"stopped with {len(scored)} of {BIG} scored: 1 resume returns {free:.2f} s after the press (alone {one_alone:.2f} s)")
    else:
        print(f"the ranking of {BIG} ended by itself after {whole:.1f} s: stopping was not measured")


if __name__ == "__main__":
    sys.exit(main())
