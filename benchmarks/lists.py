"""Print what the pool, lists of candidates and lists on paper cost:  python -m benchmarks.lists [pool | roster | paper] …

pool    what the pool computes of a text, over the resumes of the judge's development and test groups; and searches among 20,000 people,
        whose texts are these with a number, and whose facts are copies of theirs
roster  how 2,000 rows of a list are matched with 2,000 files that are read: by file name, by name and phone number, by name alone
paper   pages of the printed shortlist (Chromium) and of the workbook (LibreOffice, if it is installed), for 12 and 40 people of one job
        with eight requirements, each with a note

Times are seconds of the processor, of this process and its threads.
"""

import argparse
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from shutil import which

from playwright.sync_api import sync_playwright
from pypdf import PdfReader

from benchmarks.list_of_200 import GIVEN, QUERY, SURNAMES, ranked, resume, spent_ms
from feedback.labels import MODEL_ORDER
from feedback.store.desk.notes import CandidateNote
from feedback.store.pool.facts import fill_facts
from feedback.store.pool.people import PoolReader, PoolSearch, find_people
from feedback.store.pool.terms import PoolTerms
from feedback.store.store import FILE_NAME, Run, RunRow, Store
from i18n.texts import texts
from preprocess.document import Document, Line, Page
from preprocess.roster import RosterRow
from service.output.as_xlsx import xlsx_bytes
from service.output.candidates import Said, listed_people
from service.roster.matching import DocumentFacts, match
from tests.browser.steps import CHROMIUM
from tests.engines import engine_info
from training.judge.groups import read_groups
from ui.html.printed.shortlist import shortlist_html

PEOPLE, ROWS = 20_000, 2_000
ENGINE, ZH = engine_info(name="m"), texts("zh")
SEARCHES = (
    ("no condition", PoolSearch(), False),
    ("a word", PoolSearch(words="采购"), False),
    ("two words, years and degree", PoolSearch(words="采购 成本", years=5, degree=4), False),
    ("a word that nobody has", PoolSearch(words="量子退火"), False),
    ("two words, blind", PoolSearch(words="采购 成本"), True),
)


def pool() -> None:
    """Print the cost of a text, and of searches."""
    own = list(dict.fromkeys(judged.text for part in ("dev", "test") for group in read_groups(part) for judged in group.resumes))
    terms, now = PoolTerms(30, "recruiting"), time.time()
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / FILE_NAME)
        _add(store, own, now)
        fill_facts(store, 20)  # imports, and makes tables
        start = time.process_time()
        count = fill_facts(store, len(own))
        each = (time.process_time() - start) * 1000 / count
        print(f"pool: facts of a text of {sum(map(len, own)) / len(own):,.0f} characters on average: {each:.0f} ms ({count} texts)")
        more = [f"{own[number % len(own)]}\n{number}" for number in range(len(own), PEOPLE)]
        for first in range(0, len(more), ROWS):
            _add(store, more[first : first + ROWS], now)
        with store.writing() as db:
            db.execute(
                "INSERT INTO pool_facts SELECT new.id, new.id, new.id, is_masked, facts.name, title, employer, years, degree, is_studying,"
                " city, working_since FROM resumes AS new JOIN pool_facts AS facts ON facts.resume = (new.id - 1) % ?1 + 1"
                " WHERE new.id > ?1",
                (len(own),),
            )
            db.execute("INSERT INTO pool_texts SELECT id, text FROM resumes WHERE id > ?", (len(own),))
        for said, search, is_blind in SEARCHES:
            reader = PoolReader(hides_names=is_blind)
            people_found = find_people(store, terms, search, reader, now).total
            taken = spent_ms(lambda search=search, reader=reader: find_people(store, terms, search, reader, now))
            print(f"pool of {PEOPLE:,}: {said}: {taken:.0f} ms, {people_found:,} found")
        store.close()


def _add(store: Store, people: list[str], at: float) -> None:
    rows = tuple(RunRow(_id(text), f"{rank}.pdf", text, rank, rank, {"logit": 0.0}) for rank, text in enumerate(people, start=1))
    store.add_run(Run(QUERY.job, "", {}, ENGINE, 0, "", at, rows))


def _id(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def roster() -> None:
    """Print the cost of matching a list with files."""
    numbers = range(1, ROWS + 1)
    names = [f"{first}{second}{third}" for first in SURNAMES for second in GIVEN for third in GIVEN][:ROWS]
    bodies = [resume(number).text.partition("\n")[2] for number in numbers]
    documents = [_document(f"{number}.pdf", f"{name}\n{body}") for number, name, body in zip(numbers, names, bodies, strict=True)]
    kinds = {
        "by file name": [RosterRow(number, file=f"{number}.pdf") for number in numbers],
        "by name and phone number": [RosterRow(n, name=names[n - 1], contacts=(f"1380000{n:04d}",)) for n in numbers],
        "by name alone": [RosterRow(n, name=names[n - 1]) for n in numbers],
    }
    for said, rows in kinds.items():
        matched = len(match(rows, list(map(DocumentFacts, documents))).rows)
        taken = spent_ms(lambda rows=rows: match(rows, list(map(DocumentFacts, documents))), 3)
        print(f"roster: {len(rows):,} rows, {len(documents):,} files, {said}: {taken / 1000:.2f} s, {matched:,} matched")


def _document(name: str, text: str) -> Document:
    return Document(name, "pdf", (Page(tuple(Line(line) for line in text.split("\n"))),))


def paper() -> None:
    """Print how many pages the shortlist and the workbook take."""
    for count in (12, 40):
        made, resumes = ranked(count)
        notes = {row.id: (CandidateNote(1, "anna", 0.0, "周三下午面谈，薪资期望待确认"),) for row in made.rows}
        people = listed_people(made, resumes, Said({}, {}, notes))
        query = replace(QUERY, job=f"职位名称：财务主管\n{QUERY.job}")
        about = {"scope": "chosen", "date": datetime(2026, 11, 30), "user": "anna", "weights": MODEL_ORDER, "blind": "not_blind"}
        shortlist = _chromium(shortlist_html(people, made, query, ENGINE, ZH, **about))
        print(f"paper: shortlist of {count}: {len(shortlist.pages)} pages")
        if office := which("soffice"):
            sheets = _pages_of_sheets(office, xlsx_bytes(people, made, query, (), ENGINE, ZH, MODEL_ORDER, "not_blind"))
            print(f"paper: workbook of {count}: {', '.join(f'{name} {pages}' for name, pages in sheets.items())} pages")


def _chromium(document: str) -> PdfReader:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--headless=new", "--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.set_content(document)
        printed = page.pdf(prefer_css_page_size=True)
        browser.close()
    return PdfReader(BytesIO(printed))


def _pages_of_sheets(office: str, workbook: bytes) -> dict[str, int]:
    """Return the pages of each sheet as LibreOffice prints the workbook, by what only its pages have."""
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "list.xlsx"
        book.write_bytes(workbook)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(book)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        pages = [page.extract_text() for page in PdfReader(book.with_suffix(".pdf")).pages]
    marks = {"list": ZH("export.contact"), "evidence": "←", "about": ZH("export.value")}
    counts = {name: sum(mark in text for text in pages) for name, mark in marks.items()}
    return counts | {"matrix": len(pages) - sum(counts.values())}


PARTS: dict[str, Callable[[], None]] = {"pool": pool, "roster": roster, "paper": paper}


def main() -> None:
    """Print the cost of the parts that the command line names, of all without one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", help="all of them unless some are named")
    for part in parser.parse_args().parts or PARTS:
        PARTS[part]()


if __name__ == "__main__":
    main()
