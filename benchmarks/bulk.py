"""Measure what a large pool costs:  python benchmarks/bulk.py [--people 10000] [--prefilter 500] [--kill] [--only rank|prefilter]

Makes short resumes (TXT, DOCX and PDF in turn; one person in fifty has a second file), ranks them with `cli.py rank` into a JSONL file,
with a narrow random Qwen3 in the engine's place, and with a prefilter of BM25 and the encoder before it. Prints the peak of the memory of
the process, and of it with its readers, at 1,000, 2,000, 5,000 and 10,000 files, and the processor seconds. With --kill a run is ended by
SIGKILL in the middle and started again: what that cost is the processor seconds beyond those of a run that was left alone, and how many
rows were written but not known again. Its list must be that of the run left alone, and the beginning of the list of everybody (the same
record, without --top); else the exit code is 1. Scores mean nothing here.
"""

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import psutil  # noqa: E402

from tests.data.make_docx import paragraph, raw  # noqa: E402
from tests.data.make_pdf import text_pdf  # noqa: E402
from tests.data.random_qwen3 import write_random_qwen3  # noqa: E402

MARKS = (100, 1_000, 2_000, 5_000, 10_000)
JOB = "岗位：后端工程师\n任职要求：\n1. 五年以上后端开发经验\n2. 熟悉 Python 与 PostgreSQL\n3. 有高并发系统经验者优先\n"
_DEEDS = (
    "负责订单系统的拆分，接口延迟由 400 毫秒降到 90 毫秒",
    "用 Python 重写结算服务，每日对账 300 万笔",
    "设计 PostgreSQL 分区与归档，磁盘占用降低一半",
    "带两名新人，制定代码评审的规则",
    "负责门店排班与库存盘点，损耗率降到 0.6%",
    "维护财务报表的自动化脚本，月结提前三天",
)


def write_pool(folder: Path, people: int) -> int:
    """Write the resumes of so many invented people; return the number of files."""
    files = 0
    for number in range(people):
        dice = random.Random(number)
        name = dice.choice("林陈周许何宋沈韩罗蒋") + dice.choice("晓屿叙朝砚闻嘉沛牧晚") + dice.choice("见锐知承予安若清远宁")
        since = dice.randint(2008, 2020)
        deeds = dice.sample(_DEEDS, 4)
        lines = [name, f"电话：138{number:08d}", "教育背景", f"第{number % 97}大学 计算机 本科 {since - 4}.09-{since}.06", "工作经历"]
        lines += [
            f"{since}.07-{since + 4}.05 第{number}公司 工程师",
            *deeds[:2],
            f"{since + 4}.06-至今 云{number}公司 高级工程师",
            *deeds[2:],
        ]
        _write(folder / f"{number:06d}_{name}", lines, number % 3)
        files += 1
        if number % 50 == 0:
            _write(folder / f"{number:06d}_{name}_证书", [name, f"电话：138{number:08d}", "证书", f"云计算认证 编号 {number}"], 0)
            files += 1
    return files


def _write(stem: Path, lines: list[str], kind: int) -> None:
    if kind == 0:
        stem.with_suffix(".txt").write_text("\n".join(lines), "utf-8")
    elif kind == 1:
        stem.with_suffix(".docx").write_bytes(raw("".join(map(paragraph, lines))))
    else:
        stem.with_suffix(".pdf").write_bytes(text_pdf(lines))


@dataclass
class Watched:
    """A run: its peaks of memory in MB, alone and with its readers, by the number of files done (0: at the end), and what it took."""

    peaks: dict[int, tuple[float, float]]
    cpu_s: float
    rows: int
    said: str

    @property
    def known(self) -> int:
        """Return the files that were not read or scored again."""
        return int(re.findall(r"([\d,]+) files were known", self.said)[-1].replace(",", ""))


def watched(command: list[str], output: Path, kill_at: int = 0) -> Watched:
    """Run a command to its end, or kill it as soon as so many rows are written."""
    log = output.with_name("log")
    with log.open("wb") as stderr:
        process = psutil.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=stderr)
    peaks: dict[int, tuple[float, float]] = {}
    peak, with_readers, cpu_s = 0.0, 0.0, 0.0
    while process.poll() is None:
        family = [_usage(member) for member in (process, *_children(process))]
        peak, with_readers = max(peak, family[0][0]), max(with_readers, sum(memory for memory, _ in family))
        cpu_s = max(cpu_s, sum(seconds for _, seconds in family))
        done = max(_done(log), _lines(output))
        peaks |= {mark: (peak, with_readers) for mark in MARKS if done >= mark and mark not in peaks}
        if kill_at and _lines(output) >= kill_at:
            process.kill()
        time.sleep(0.3)
    return Watched({**peaks, 0: (peak, with_readers)}, cpu_s, _lines(output), log.read_text("utf-8"))


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def _usage(process: psutil.Process) -> tuple[float, float]:
    """Return memory in MB and processor seconds, those of ended children included."""
    try:
        return process.memory_info().rss / 2**20, sum(process.cpu_times()[:4])
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0.0, 0.0


def _lines(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.exists() else 0


def _ranked(output: Path) -> list[tuple[int, str, float]]:
    """Return rank, path and score of the rows of a finished list."""
    rows = [json.loads(line) for line in output.read_text("utf-8").splitlines()]
    return [(row["rank"], row["path"], row["logit"]) for row in rows if row["rank"]]


def _done(log: Path) -> int:
    """Return how many files the progress said last."""
    counts = re.findall(r"(?:Guessed at|Scored) ([\d,]+) of", log.read_text("utf-8"))
    return int(counts[-1].replace(",", "")) if counts else 0


def _print(said: str, run: Watched) -> None:
    marks = [
        (f"{mark:,} files" if mark else "the end", *peaks) for mark, peaks in sorted(run.peaks.items(), key=lambda item: item[0] or 10**9)
    ]
    peaks = "; ".join(f"to {mark} {own:,.0f} MB, with its readers {family:,.0f} MB" for mark, own, family in marks)
    print(f"{said}: peak {peaks}; {run.cpu_s:,.0f} processor seconds, {run.rows:,} rows", flush=True)


def main() -> int:
    """Print memory and time of ranking a pool in bulk; return 1 if a run that was killed and went on gave other rows, else 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--prefilter", type=int, default=500)
    parser.add_argument("--top", type=int, default=20)
    parser.add_argument("--kill", action="store_true", help="also end a run by SIGKILL in the middle, and go on")
    parser.add_argument("--only", choices=["rank", "prefilter"])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        model, pool, job = folder / "model", folder / "pool", folder / "JD.txt"
        write_random_qwen3(model)
        pool.mkdir()
        job.write_text(JOB, "utf-8")
        files = write_pool(pool, options.people)
        print(f"{options.people:,} people in {files:,} files", flush=True)

        def command(output: Path, *flags: str, top: int = options.top) -> list[str]:
            ranking = [sys.executable, "cli.py", "rank", "--language", "en", "--job", str(job), "--resumes", str(pool), *flags]
            model_flags = ["--model", str(model), "--device", "cpu", "--precision", "fp32", "--offline"]
            return [*ranking, *model_flags, *(["--top", str(top)] if top else []), "--output", str(output)]

        def output_in(name: str) -> Path:
            output = folder / name / "result.jsonl"
            output.parent.mkdir(exist_ok=True)
            return output

        def run(said: str, name: str, *flags: str, kill_at: int = 0, top: int = options.top) -> Watched:
            watch = watched(command(output_in(name), *flags, top=top), output_in(name), kill_at)
            _print(said, watch)
            return watch

        is_exact = True
        if options.only != "prefilter":
            whole = run("all scored", "whole")
            if options.kill:
                killed = run("killed in the middle", "killed", kill_at=files // 2)
                again = run("started again", "killed")
                cost = killed.cpu_s + again.cpu_s - whole.cpu_s
                print(f"kill -9: {killed.rows:,} rows were written, {again.known:,} files known again; {cost:,.0f} processor seconds lost")
                best, best_again = _ranked(output_in("whole")), _ranked(output_in("killed"))
                everybody = run("the list of everybody from the same record", "killed", top=0)
                all_ranked = _ranked(output_in("killed"))
                is_exact = best == best_again == all_ranked[: options.top]
                print(
                    f"top {options.top} left alone, after the kill, and of all {len(all_ranked):,} ({everybody.known:,} files known)",
                    end=": ",
                )
                print("the same" if is_exact else "DIFFERENT", flush=True)
        if options.only != "rank":
            run("prefilter", "prefilter", "--prefilter", str(options.prefilter))
    return 0 if is_exact else 1


if __name__ == "__main__":
    sys.exit(main())
