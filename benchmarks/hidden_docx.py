"""Measure how hidden text in DOCX is found:  python benchmarks/hidden_docx.py [--every N] [--quotes]

How many of the kinds of hidden text are left out and noted, and how many clean resumes get a note of hidden text that they should not, in
each of the layouts of tests/data/clean_docx.py. --every N takes every Nth clean resume only; --quotes prints what the notes quote.
"""

import argparse
import json
import re
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "examples")]

from preprocess.docx.reader import read_docx  # noqa: E402
from tests.data import make_hidden_docx, make_placed_docx  # noqa: E402
from tests.data.clean_docx import LAYOUTS  # noqa: E402

CLEAN = ROOT / "tests" / "data" / "screening" / "clean_unseen.jsonl"


def main() -> None:
    """Print how many kinds of hidden text are found, and how many clean files of all layouts get a note."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=1, help="take every Nth clean resume")
    parser.add_argument("--quotes", action="store_true", help="print what is missed, and what the notes on clean resumes quote")
    options = parser.parse_args()
    report_kinds(options.quotes)
    texts = [json.loads(line)["text"] for line in CLEAN.read_text("utf-8").splitlines()][:: options.every]
    total = sum(report_layout(layout, texts, options.quotes) for layout in LAYOUTS)
    print(f"{'clean files, all layouts':36}{total} of {len(texts) * len(LAYOUTS)} with a note of hidden text")


def report_kinds(quotes: bool) -> None:
    """Print how many kinds are treated right: hidden ones, those that are seen, and those that cannot be told; with `quotes` the others."""
    groups = {
        "hidden, left out and noted": ({**_looks(make_hidden_docx.HIDDEN), **make_placed_docx.HIDDEN}, "hidden_text", False),
        "by the same means and seen, kept": ({**_looks(make_hidden_docx.SEEN), **make_placed_docx.SEEN}, "", True),
        "cannot be told, kept and noted": (make_placed_docx.UNSURE, "hidden_unsure", True),
    }
    for title, (kinds, code, is_kept) in groups.items():
        right = []
        for kind, data in kinds.items():
            text, noted = read(data)
            planted = make_placed_docx.PLANTED if kind in _PLACED else make_hidden_docx.PLANTED
            right.append(set(noted) == ({code} if code else set()) and (planted in text) == is_kept)
            if quotes and not right[-1]:
                print(f"  {kind}: {noted}")
        print(f"{title:36}{sum(right)}/{len(right)} kinds")


_PLACED = {*make_placed_docx.HIDDEN, *make_placed_docx.SEEN, *make_placed_docx.UNSURE}


def _looks(bodies: dict[str, str]) -> dict[str, bytes]:
    return {kind: make_hidden_docx.docx(body) for kind, body in bodies.items()}


def report_layout(layout: str, texts: list[str], quotes: bool) -> int:
    """Print and return how many of the texts get a note in this layout, and say where letters were lost."""
    noted: Counter[str] = Counter()
    alarmed = lost = 0
    seconds = 0.0
    for number, text in enumerate(texts):
        data = LAYOUTS[layout](text)
        start = time.process_time()
        read_text, notes = read(data)
        seconds += time.process_time() - start
        noted.update(notes.keys())
        alarmed += bool(notes)
        missing = Counter(letters(text)) - Counter(letters(read_text))
        lost += sum(missing.values()) > 0
        if quotes and (notes or missing):
            print(f"  {number} {notes} {''.join(missing)[:40]}")
    print(
        f"{layout:36}{alarmed} of {len(texts)} noted {dict(noted)}, {lost} with letters lost, {seconds / len(texts) * 1000:.0f} ms a file"
    )
    return alarmed


def letters(text: str) -> str:
    """Return the letters and digits of a text."""
    return re.sub(r"[\W_]+", "", text)


def read(data: bytes) -> tuple[str, dict[str, str]]:
    """Return the text, and what each note of hidden text quotes."""
    document = read_docx(data, "resume.docx")
    text = document.text
    return text, {note.code: note.before for note in document.notes if note.code.startswith("hidden")}


if __name__ == "__main__":
    main()
