"""Measure how scans are read by text recognition:  python benchmarks/scans.py

Draws the first page of each example resume (150 dpi), puts it askew, makes it grainy, reads it as the app does and compares the characters
with those of the PDF, spaces left out: the share that was missed, and seconds a page, the start of the process included.
The thresholds of recognition were chosen on these resumes, and no real scanner or phone was used: take the figures as flattering.
"""

import os
import platform
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from statistics import mean

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from preprocess.document import Unreadable  # noqa: E402
from preprocess.read import read_document  # noqa: E402
from tests.data.make_scans import EXAMPLES, drawn, scan_pdf, scanned  # noqa: E402


def main() -> None:
    """Print for each example as a scan the share of characters that was missed, the seconds and the notes."""
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(f"{'missed':>7}{'letters':>9}{'s':>6}  notes, resume     (letters: letters and digits alone)")
    shares = []
    for path in sorted(EXAMPLES.glob("*/*.pdf")):
        image, truth = drawn(path, 1.0)
        data = scan_pdf([scanned(image, askew=0.8)])
        start = time.perf_counter()
        try:
            document = read_document(data, path.name)
        except Unreadable as error:
            print(f"{'-':>7}{'-':>9}{'-':>6}  {error.reason}, {path.name}")
            continue
        seconds = time.perf_counter() - start
        text = "".join(line.text for page in document.pages for line in page.lines)
        shares.append((_missed(truth, text, lambda character: not character.isspace()), _missed(truth, text, str.isalnum), seconds))
        print(f"{shares[-1][0]:>7.1%}{shares[-1][1]:>9.1%}{seconds:>6.1f}  {' '.join(note.code for note in document.notes)}, {path.name}")
    missed, letters, seconds = zip(*shares, strict=True)
    print(
        f"mean {mean(missed):.1%} missed (worst {max(missed):.1%}), of letters and digits {mean(letters):.1%}; {mean(seconds):.1f} s a page"
    )


def _missed(truth: str, text: str, counts: Callable[[str], bool]) -> float:
    wanted, seen = (Counter(filter(counts, text_of_page)) for text_of_page in (truth, text))
    return (wanted - seen).total() / max(1, wanted.total())


if __name__ == "__main__":
    main()
