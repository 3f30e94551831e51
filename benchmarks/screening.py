"""Measure how often screening is wrong, and how much it finds:  python benchmarks/screening.py [--missed] [--alarms]

Screens, with the weights that are kept, the clean documents of tests/data/screening and each wording of the attacks there inside a clean
document of its language (a file's name as the name of one). The unseen parts were used for no fit and no rule. The development parts are
what the weights are fitted to: for wordings and documents left out of the fit see what benchmarks/fit_screening.py prints.
Intervals are exact (Clopper-Pearson), 95 %.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.screening_texts import ACCUSATIONS, attacks, clean_texts, cleaned, host_of, inserted, print_found, share_with_interval
from reranker.encoder.encoder import Encoder

PARTS = {"unseen": "unseen", "calibration": "calibration, which set the thresholds", "development": "development, fitted to"}


def main() -> None:
    """Print for each part of the data the share of wordings found, and the clean documents that get a note."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--missed", action="store_true", help="print the wordings that are not found")
    parser.add_argument("--alarms", action="store_true", help="print what is quoted of clean documents")
    options = parser.parse_args()
    encoder = Encoder()
    for part, title in PARTS.items():
        hosts = clean_texts(part)
        if not hosts or not attacks(part):
            print(f"{title}: tests/data/screening/*_{part}.jsonl are not there, nothing to measure")
            continue
        accused = report_clean(part, title, encoder, options.alarms)
        hosts = [host for host in hosts if host.id not in accused]
        shares = {}
        for wording in attacks(part):
            host = host_of(wording, hosts)
            text, name = (host.text, wording.file_name) if wording.file_name else (inserted(host.text, wording.line), "resume.txt")
            shares[wording.id] = any(note.code in ACCUSATIONS for note in cleaned(text, name, encoder).notes)
            if options.missed and not shares[wording.id]:
                print(f"  missed {wording.id}: {wording.line or wording.file_name!r}")
        print(f"{title}: wordings found")
        print_found(attacks(part), shares)


def report_clean(part: str, title: str, encoder: Encoder, quotes: bool) -> set[str]:
    """Print how many clean documents are accused, and return their ids."""
    texts = clean_texts(part)
    accused = set()
    for text in texts:
        for note in cleaned(text.text, encoder=encoder).notes:
            if note.code in ACCUSATIONS:
                accused.add(text.id)
                if quotes:
                    print(f"  {text.id} {note.code}: {note.before}")
    print(f"{title}: clean documents accused: {share_with_interval(len(accused), len(texts))}")
    for language in sorted({text.language for text in texts}):
        own = {text.id for text in texts if text.language == language}
        print(f"  {language}: {share_with_interval(len(accused & own), len(own))}")
    return accused


if __name__ == "__main__":
    main()
