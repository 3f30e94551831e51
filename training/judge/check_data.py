"""Measure what the data of the judge gives away by itself:  python -m training.judge.check_data [train dev test test2]

Fails where evidence does not stand in its text, a sentence stands in two texts, or a trade of a test part stands in another part.
Prints, by pile, the AUC of proven (2) against not proven (0) of what looks at no meaning: length of the resume, place of the evidence,
words in common with the requirement; and of n-grams of the resume without the requirement, learned on the training part. All should lie
between 0.4 and 0.6 on the traps: otherwise a model can be right without reading the requirement.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sklearn.feature_extraction.text import TfidfVectorizer  # pyright: ignore[reportMissingImports]  # optional
from sklearn.linear_model import LogisticRegression  # pyright: ignore[reportMissingImports]  # optional
from sklearn.metrics import roc_auc_score  # pyright: ignore[reportMissingImports]  # optional

from reranker.embedded.bm25 import terms
from training.judge.groups import DATA, JobGroup, read_groups

TESTS = ("test", "test2")
PARTS = tuple(part for part in ("train", "dev", *TESTS) if any((DATA / part).glob("*.jsonl")))
PILES = ("traps", "ordinary", "mixed")
SHORTEST_SENTENCE = {"zh": 14, "en": 40}
"""Characters; shorter ones (a degree, a hobby) may be the same by chance."""


@dataclass(frozen=True)
class CheckedPair:
    """A requirement beside a resume, as the checks see it."""

    pile: str
    requirement: str
    text: str
    evidence: str
    verdict: int


def judgements(groups: Sequence[JobGroup]) -> Iterator[CheckedPair]:
    """Yield every requirement of every resume."""
    for group in groups:
        for resume in group.resumes:
            for (requirement, _), verdict, evidence in zip(group.requirements, resume.verdicts, resume.evidence, strict=True):
                yield CheckedPair(group.pile, requirement, resume.text, evidence, verdict)


def faults(parts: dict[str, list[JobGroup]]) -> Iterator[str]:
    """Yield what is wrong with the data."""
    for part, groups in parts.items():
        for group in groups:
            for number, resume in enumerate(group.resumes):
                yield from (
                    f"{part}: {group.trade}, resume {number}: not in the text: {evidence[:40]}"
                    for evidence in resume.evidence
                    if evidence not in resume.text
                )
    for tested in TESTS:
        trades = {group.trade for group in parts.get(tested, [])}
        yield from (
            f"{part}: {group.trade} is a trade of {tested}"
            for part, groups in parts.items()
            if part != tested
            for group in groups
            if group.trade in trades
        )
    texts = [resume.text for groups in parts.values() for group in groups for resume in group.resumes]
    counts = Counter(sentence for text in texts for sentence in set(sentences(text)))
    yield from (f"in {count} texts: {sentence[:60]}" for sentence, count in counts.items() if count > 1)


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text that are long enough to be somebody's own, without their bullets."""
    for sentence in re.split(r"[\n。；;！!？?]|\. ", text):
        bare = sentence.strip(" \t•·-–—*●■▪▶0123456789.、)）(（|")
        if len(bare) >= SHORTEST_SENTENCE["zh" if re.search("[一-鿿]", bare) else "en"]:
            yield bare


def auc(values: Sequence[float], judged: Sequence[CheckedPair]) -> float:
    """Return the chance that a proven requirement has a larger value than one that is not."""
    pairs = [(value, item.verdict == 2) for value, item in zip(values, judged, strict=True) if item.verdict != 1]
    return float(roc_auc_score([is_proven for _, is_proven in pairs], [value for value, _ in pairs]))


def overlap(item: CheckedPair) -> float:
    """Return the share of the requirement's terms that the resume has."""
    asked, there = terms(item.requirement), terms(item.text)
    return sum(term in there for term in asked) / max(1, len(asked))


def position(item: CheckedPair) -> float:
    """Return where the evidence stands, 0 at the beginning to 1 at the end."""
    return item.text.find(item.evidence) / len(item.text)


def without_requirement(learned: Sequence[CheckedPair], judged: Sequence[CheckedPair]) -> list[float]:
    """Return the log-odds of "proven" from n-grams of the whole resume, by a linear model of other groups."""
    learned = [item for item in learned if item.verdict != 1]
    texts = {text: number for number, text in enumerate(dict.fromkeys(item.text for item in [*learned, *judged]))}
    ngrams = TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 3), min_df=3, sublinear_tf=True)
    rows = ngrams.fit_transform(texts)
    model = LogisticRegression(max_iter=1000)
    model.fit(rows[[texts[item.text] for item in learned]], [item.verdict == 2 for item in learned])
    return model.decision_function(rows[[texts[item.text] for item in judged]]).tolist()


def main() -> int:
    """Check the parts named on the command line, print the figures, and return the exit code: 1 if there is a fault."""
    names = sys.argv[1:] or PARTS
    parts = {name: read_groups(name) for name in names}
    problems = list(faults(parts))
    print("\n".join(problems[:50]), f"{len(problems)} faults", sep="\n")
    train = list(judgements(read_groups("train")))
    for name, groups in parts.items():
        everything = list(judgements(groups))
        shares = Counter(item.verdict for item in everything)
        print(
            f"\n{name}: {len(groups)} groups, {sum(len(group.resumes) for group in groups)} resumes, {len(everything)} verdicts:",
            *(f"{verdict}: {shares[verdict] / len(everything):.0%}" for verdict in (2, 1, 0)),
        )
        for pile in PILES:
            judged = [item for item in everything if item.pile == pile]
            if not judged:
                continue
            pointed = [item for item in judged if item.evidence]
            figures = {
                "length": auc([len(item.text) for item in judged], judged),
                "overlap": auc([overlap(item) for item in judged], judged),
                "place": auc([position(item) for item in pointed], pointed),
            }
            if name != "train":
                figures["resume alone"] = auc(without_requirement(train, judged), judged)
            print(f"  {pile:9}", *(f"{what} {value:.2f}" for what, value in figures.items()), sep="  ")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
