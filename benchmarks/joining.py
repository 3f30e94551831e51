"""Print how well the files of an upload are joined to candidates:  python -m benchmarks.joining [--list]

Reads small piles of files (`joining_piles.py`) as an upload is read, and prints for each kind how many pairs of files of one person were
joined (right), how many of two people (wrong), how many of one person were not (missed; by name only: nothing but the name says that they
are), and how many rows are no candidate.
"""

import argparse
import tempfile
from collections import defaultdict
from itertools import combinations
from pathlib import Path

from benchmarks.joining_piles import BY_NAME_ONLY, NOBODY, UploadedPile, piles
from preprocess.document import Document, Rejected
from preprocess.intake import collect
from preprocess.pipeline import read_documents
from service.joining import PersonJoiner, people_as_read

_COUNTS = ("right", "wrong", "missed", "by name only", "false rows")


def main() -> None:
    """Print right, wrong and missed pairs by kind of pile, and with --list the piles with a fault."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", action="store_true", help="name every pile with a fault")
    options = parser.parse_args()
    totals: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(("piles", *_COUNTS), 0))
    faulty: list[str] = []
    for pile in piles():
        rows = _rows(pile)
        counts = _counts(pile, rows)
        for kind in (pile.kind, "all"):
            totals[kind]["piles"] += 1
            for name in _COUNTS:
                totals[kind][name] += counts[name]
        if counts["wrong"] or counts["missed"] or counts["false rows"]:
            faulty.append(f"  {pile.kind}: {' + '.join('(' + ', '.join(row) + ')' for row in rows)} {counts}")
    print(f"{'piles':28} {'piles':>5} " + " ".join(f"{name:>12}" for name in _COUNTS))
    for kind, counts in sorted(totals.items(), key=lambda entry: entry[0] == "all"):
        print(f"{kind:28} {counts['piles']:5} " + " ".join(f"{counts[name]:12}" for name in _COUNTS))
    if options.list:
        print(*faulty, sep="\n")


def _rows(pile: UploadedPile) -> list[tuple[str, ...]]:
    """Return the names of the files of each row."""
    with tempfile.TemporaryDirectory() as folder:
        for file in pile.files:
            Path(folder, file.name).write_bytes(file.data)
        files, rejected = collect([Path(folder, file.name) for file in pile.files], 100, 20)
        assert not rejected
        documents: list[Document] = []
        joiner = PersonJoiner()
        for complete in people_as_read(files, read_documents(files)):
            for document in complete:
                assert not isinstance(document, Rejected)
                joiner.add(documents, document)
    return [tuple(Path(name).name for name in document.files) for document in documents]


def _counts(pile: UploadedPile, rows: list[tuple[str, ...]]) -> dict[str, int]:
    owners = {name: owner for file in pile.files for name, owner in file.owners.items()}
    row_of = {name: number for number, row in enumerate(rows) for name in row}
    counts: dict[str, int] = dict.fromkeys(_COUNTS, 0)
    for first, second in combinations([name for name, owner in owners.items() if owner != NOBODY], 2):
        people = [owners[name].rstrip(BY_NAME_ONLY) for name in (first, second)]
        is_same, are_joined = people[0] == people[1], row_of.get(first, -1) == row_of.get(second, -2)
        if is_same and are_joined:
            counts["right"] += 1
        elif is_same:
            counts["by name only" if BY_NAME_ONLY in owners[first] + owners[second] else "missed"] += 1
        elif are_joined:
            counts["wrong"] += 1
    counts["false rows"] = sum(all(owners.get(name) == NOBODY for name in row) for row in rows)
    return counts


if __name__ == "__main__":
    main()
