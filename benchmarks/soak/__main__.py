"""Run many users, programs and accidents, over HTTP:  python -m benchmarks.soak [--users 50] [--minutes 25] [--accidents 5]

Starts the real server with a narrow random Qwen3 (it scores in no time) and lets users do what people do, in a loop: open the page anew,
upload good and hostile files, rank, rank again, label, stop, and leave while something is in work, with and without coming back.
Each user's files carry marks of their own and are cleared away and ranked anew again and again: every board must have just the own
names, quotes and reasons, and the scores of the time before, computed again. An answer that does not come is as wrong as a wrong one.
Beside them one user ranks 200 resumes again and again, a program asks /v1/rerank, and `./start.sh rank` ranks a folder: the same answers
each time.

Then, for as many minutes as --accidents says, one accident after another: a process that reads files is killed, no file of the server may
grow for some seconds (a full disk), the server is killed and started again. What is in work then may be lost; a label that was
acknowledged may not, nobody may see a row of somebody else, and after each accident all must be right again.

Prints one table. Exit code 1 for a status of 5xx outside of accidents (a full queue is told with 429, by design), a wrong or lost answer, a
label that is not in the store, an error in the server's log before the accidents, clicks of which one in twenty takes a second or more, or
memory that grows by 5 % or more: the medians of the first and the last third of the time without accidents, which starts when everybody has
ranked all of their files once and the caches have them. What Gradio keeps of a closed page for an hour it keeps for a second here, so
that minutes show what hours would do. A clock that jumps is not tried: it would jump for the whole machine (tests/faults has it).
"""

import argparse
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from benchmarks.soak.accidents import Machine, accidents
from benchmarks.soak.programs import ask_the_api, rank_a_folder, rank_a_large_pile
from benchmarks.soak.report import Sample, report, sample
from benchmarks.soak.users import Clock, Seen, live
from tests.data.random_qwen3 import write_random_qwen3


def main() -> int:
    """Run the calm minutes, then those with accidents, and print the report; return 1 if it has a fault, else 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=25)
    parser.add_argument("--accidents", type=float, default=5, help="minutes of them")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        model = write_random_qwen3(folder / "model")
        with Machine(str(model), folder / "server.log") as machine:
            calm, rough = Seen(), Seen()
            samples = soak(machine, range(options.users), Clock(options.users, options.minutes * 60), model, calm)
            time.sleep(5)  # everybody has left: what is in work ends, what they had goes
            left = [file for file in folder.glob("reranker-*/**/*") if file.is_file() and file.stat().st_size]  # Gradio leaves empty ones
            samples.append(sample(machine.pid))
            log = machine.log.read_text("utf-8")
            if options.accidents:
                others = range(options.users, 2 * options.users)
                soak(machine, others, Clock(options.users, options.accidents * 60), model, rough, has_accidents=True)
        return report(calm, rough, samples, left, log, folder / "feedback")


def soak(machine: Machine, users: range, clock: Clock, model: Path, seen: Seen, has_accidents: bool = False) -> list[Sample]:
    """Let everybody in, from when all users have ranked all their piles for as long as the clock runs; return a sample a second, if the
    server is not killed.
    """
    samples = []
    with tempfile.TemporaryDirectory() as temporary, ThreadPoolExecutor(len(users) + 4) as pool:
        tasks = [pool.submit(live, machine, number, clock, seen) for number in users]
        tasks.append(pool.submit(rank_a_large_pile, machine, clock, seen))
        tasks.append(pool.submit(ask_the_api, machine, clock, seen))
        tasks.append(pool.submit(rank_a_folder, Path(temporary), model, clock, seen))
        if has_accidents:
            tasks.append(pool.submit(accidents, machine, clock, seen))
        while not all(task.done() for task in tasks):
            if clock.is_running and not has_accidents:
                samples.append(sample(machine.pid))
            time.sleep(1)
    for task in tasks:
        task.result()
    return samples


if __name__ == "__main__":
    sys.exit(main())
