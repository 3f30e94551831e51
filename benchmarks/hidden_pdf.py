"""Measure how hidden text of PDFs is found:  python benchmarks/hidden_pdf.py [--texts N] [--quotes]

How many ways to hide text are left out and noted, how many honest twins get a note, and how many clean texts do, with which no rule was
made: each printed in one of the layouts of tests/data/printed.py, twenty on a sheet by a browser in each of its styles, and a few as the
examples are made.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "examples")]

from pdf_layouts import write_pdf  # noqa: E402  # pyright: ignore[reportMissingImports]
from resume_source import Section, Source  # noqa: E402  # pyright: ignore[reportMissingImports]

from preprocess.pdf.worker import read  # noqa: E402
from tests.data import hidden_devices, make_hidden, printed  # noqa: E402
from tests.data.clean_pdfs import LAYOUTS, clean_pdf  # noqa: E402

Named = tuple[str, bytes]
_ON_A_SHEET = 20


def main() -> None:
    """Print what is found of hidden text, and the false notes on honest twins and on clean texts in each of their forms."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=320, help="how many clean texts are printed")
    parser.add_argument("--quotes", action="store_true", help="print what false notes quote")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", help="a folder with pdf_templates")
    options = parser.parse_args()
    order = random.Random(7)
    draws = make_hidden.HIDDEN | {f"at random {n}": make_hidden.hidden_at_random(order) for n in range(60)}
    report_found("drawn", ((name, make_hidden.resume(draw, "en", "Helvetica"), make_hidden.PLANTED["en"]) for name, draw in draws.items()))
    report_found("written by hand", ((name, data, hidden_devices.PLANTED) for name, (data, _) in hidden_devices.HIDDEN.items()))
    twins = make_hidden.SEEN | {f"at random {n}": make_hidden.seen_at_random(order) for n in range(60)}
    report_false("honest twins, drawn", ((name, make_hidden.resume(draw, "zh")) for name, draw in twins.items()), options.quotes)
    report_false("honest twins, by hand", ((name, data) for name, (data, _) in hidden_devices.SEEN.items()), options.quotes)
    lines = (ROOT / "tests/data/screening/clean_unseen.jsonl").read_text("utf-8").splitlines()[: options.texts]
    texts = [(entry["language"], entry["text"]) for entry in map(json.loads, lines)]
    report_false("clean texts, drawn", drawn(texts), options.quotes)
    report_false("clean texts, by a browser", browsed(texts), options.quotes)
    report_false("clean texts, as the examples", like_examples(texts[:: max(1, len(texts) // 12)]), options.quotes)
    made = [
        (f"{layout} {language}", clean_pdf(seed, layout, language).data)
        for seed in (0, 1)
        for layout in LAYOUTS
        for language in ("zh", "en")
    ]
    report_false("seeded resumes", made, options.quotes)
    files = [*ROOT.glob("examples/??/*.pdf"), *options.data.glob("pdf_templates/*.pdf")]
    report_false("examples and templates", ((path.name, path.read_bytes()) for path in files), options.quotes)


def report_found(title: str, made: Iterable[tuple[str, bytes, str]]) -> None:
    """Print of files (name, data, the words hidden in each) how many keep these from the score, and which have no note of it."""
    missed, unsaid, count = [], [], 0
    for name, data, planted in made:
        pages, notes = read(data)
        count += 1
        text = "".join(line.text for page in pages for line in page.lines).replace(" ", "")
        if planted.replace(" ", "")[:12] in text:
            missed.append(name)
        elif not any(note.code == "hidden_text" for note in notes):
            unsaid.append(name)
    print(f"{title:30} {count - len(missed)}/{count} not scored; missed: {missed}; without a note, as not on the page: {unsaid}")


def report_false(title: str, files: Iterable[Named], quotes: bool) -> None:
    """Print how many notes of hidden text files without any get, and the processor time a page; with `quotes` the notes."""
    count = pages = false = 0
    spent = 0.0
    for name, data in files:
        start = time.process_time()
        read_pages, notes = read(data)
        spent += time.process_time() - start
        count += 1
        pages += len(read_pages)
        bad = [note for note in notes if note.code in ("hidden_text", "hidden_unsure")]
        false += len(bad)
        for note in bad if quotes else ():
            print(f"  {name}: {note}")
    print(
        f"{title:30} {false} false notes in {count} files, {pages} pages · {spent / max(1, pages) * 1000:.0f} ms of processor time a page"
    )


def drawn(texts: list[tuple[str, str]]) -> Iterator[Named]:
    """Yield (name, PDF) of (language, text), each in one of the layouts that are drawn here, in turn."""
    for number, (language, text) in enumerate(texts):
        layout = list(printed.UNDER)[number % len(printed.UNDER)]
        yield f"{layout} {number}", printed.printed(text, language, layout, number)


def browsed(texts: list[tuple[str, str]]) -> Iterator[Named]:
    """Yield every text in one of the styles."""
    with tempfile.TemporaryDirectory() as folder:
        page, made = Path(folder) / "page.html", Path(folder) / "page.pdf"
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile", "--no-pdf-header-footer"]
        for style_number, style in enumerate(printed.STYLES):
            own = texts[style_number :: len(printed.STYLES)]
            for start in range(0, len(own), _ON_A_SHEET):
                page.write_text(printed.as_html(own[start : start + _ON_A_SHEET], style), "utf-8")
                subprocess.run([*command, f"--print-to-pdf={made}", page.as_uri()], check=True, capture_output=True, timeout=60)
                yield f"{style} {start}", made.read_bytes()


def like_examples(texts: list[tuple[str, str]]) -> Iterator[Named]:
    """Yield (name, PDF) of (language, text), each written as the examples are, in one of their layouts, in turn."""
    layouts = ["sidebar", "modern", "classic", "website", "plain"]
    with tempfile.TemporaryDirectory() as folder:
        for number, (language, text) in enumerate(texts):
            name, *lines = filter(None, map(str.strip, text.split("\n")))
            blocks = [("item", [line]) for line in lines]
            sections = [
                Section("Experience" if language == "en" else "工作经历", blocks[:-4]),
                Section("Skills" if language == "en" else "专业技能", blocks[-4:]),
            ]
            source = Source(language, "a.pdf", layouts[number % len(layouts)], name, "", [], sections)
            write_pdf(source, Path(folder) / "a.pdf")
            yield f"{source.layout} {number}", (Path(folder) / "a.pdf").read_bytes()


if __name__ == "__main__":
    main()
