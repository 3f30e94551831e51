"""Fit preprocess/screening/weights.npz:  python benchmarks/fit_screening.py [--data FOLDER] [--write]

Two stages. A logistic regression over hashed character n-grams and cues looks at every passage; the sentence encoder with an adapter
looks at the suspicious ones. Fitted to the development and further parts of tests/data/screening, tests/data/attack_wordings.toml, composed
wordings, and, where FOLDER has them, two thirds of the realistic resumes there. The thresholds and the printed figures come from the
calibration part, written by others, and from the last third of the realistic resumes. A wording counts as found where a passage of a clean
document that it was put into is noted.

--write replaces the weights. Takes 10 minutes on 2 idle cores.
Needs scikit-learn: .venv/bin/pip install -r requirements-benchmarks.txt
"""

import argparse
import random
import sys
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import scipy.sparse

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from sklearn.linear_model import LogisticRegression  # noqa: E402  # pyright: ignore[reportMissingImports]  # optional

from benchmarks.screening_adapter import Example, train  # noqa: E402
from benchmarks.screening_texts import (  # noqa: E402
    CleanText,
    attacks,
    clean_lines,
    clean_texts,
    cleaned,
    composed,
    host_of,
    inserted,
    older_clean_lines,
    older_wordings,
    print_found,
    realistic_resumes,
    share_with_interval,
)
from preprocess.screening.cues import cue_names  # noqa: E402
from preprocess.screening.injections import name_words  # noqa: E402
from preprocess.screening.model import BUCKETS, CUE_SCALE, ScreeningWeights, cue_vector, ngram_buckets, scores  # noqa: E402
from preprocess.screening.passages import passages  # noqa: E402
from preprocess.screening.variants import variants  # noqa: E402
from reranker.encoder.encoder import Encoder  # noqa: E402

COMPOSED = {"zh": 600, "en": 600, "ja": 350}
SUSPICIOUS_SHARE = 0.985  # of the calibration wordings must pass the linear model
NEARLY_SUSPICIOUS = 1.5  # below that bound: clean passages from there on are learned from, and few of the others
SHARES = {"planted": 0.3, "composed": 0.5, "name": 0.6, "clean": 0.08, "realistic": 0.08}  # of what teaches little
COMPOSED_WEIGHT = 0.3
FLAGGED = 2  # clean calibration documents that may be noted: security testers quote real attacks
MARGIN = 0.5  # above the most suspicious clean text in disguise or file name, of which there are few


@dataclass(frozen=True)
class ScreeningSample:
    """A reading. `document` is the clean document or the wording that it comes from; weight 0: to measure with."""

    text: str
    is_attack: bool
    weight: float
    source: str
    is_disguised: bool = False
    document: str = ""


def main() -> None:
    """Fit both stages, print what they find on texts that were kept back, and write the weights if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", help="a folder with realistic resumes")
    parser.add_argument("--write", action="store_true", help="replace preprocess/screening/weights.npz")
    options = parser.parse_args()
    realistic = list(realistic_resumes(options.data)) if options.data.is_dir() else []
    if not realistic:
        print(f"{options.data} is missing: fitted without realistic resumes")
    is_kept_back = {text.id: zlib.crc32(text.id.encode()) % 3 == 0 for text in realistic}
    rows = [
        *attack_rows(),
        *clean_rows([*clean_texts("development")], [text for text in realistic if not is_kept_back[text.id]]),
        *planted_rows("development"),
    ]
    kept_back = [
        *clean_rows(clean_texts("calibration"), [text for text in realistic if is_kept_back[text.id]], measuring=True),
        *planted_rows("calibration"),
        *name_rows("calibration"),
    ]
    weights = fit(rows, kept_back)
    if options.write:
        write(weights)


def attack_rows() -> list[ScreeningSample]:
    """Return the wordings, and composed ones; each wording in the readings that tell what it says."""
    rows = []
    for wording in [*attacks("development"), *attacks("further"), *older_wordings()]:
        readings = variants(wording.line or name_words(wording.file_name))
        told = readings[1:] if wording.kind == "base64" and len(readings) > 1 else readings
        rows += [ScreeningSample(reading.text, True, 2.0 / len(told), wording.kind, reading.is_disguised, wording.id) for reading in told]
    for language, count in COMPOSED.items():
        rows += [ScreeningSample(variants(text)[0].text, True, COMPOSED_WEIGHT, "composed") for text in composed(language, count)[0]]
    return rows


def clean_rows(texts: list[CleanText], realistic: list[CleanText], measuring: bool = False) -> list[ScreeningSample]:
    """Return the passages of clean documents and names for them; to learn from also lines that only look like wordings."""
    rows = []
    for text in texts:
        rows += _document_rows(text.id, cleaned(text.text).text, "clean")
        first = text.text.strip().split("\n", 1)[0][:30]
        names = (
            [text.trade, first, f"{first}-{text.trade}-5年", f"简历 {text.trade}"]
            if text.language == "zh"
            else [first, f"CV {text.trade} final"]
        )
        rows += [ScreeningSample(variants(name_words(name))[0].text, False, 1.0, "name", False, text.id) for name in names]
    for text in realistic:
        rows += _document_rows(text.id, cleaned(text.text).text, "realistic")
    if not measuring:
        for text in [*older_clean_lines(), *clean_lines("further")]:
            rows += _document_rows(text.id, "\n" + text.text, "clean line")
        for language, count in COMPOSED.items():
            rows += [ScreeningSample(variants(text)[0].text, False, COMPOSED_WEIGHT, "composed") for text in composed(language, count)[1]]
    return rows


def _document_rows(name: str, text: str, source: str) -> list[ScreeningSample]:
    readings = {reading.text: reading for span in passages(text) for reading in variants(text[slice(*span)])}
    return [ScreeningSample(reading.text, False, 1.0, source, reading.is_disguised, name) for reading in readings.values()]


def planted_rows(part: str) -> list[ScreeningSample]:
    """Return what clean documents of a part say with one of its wordings inside and do not say without it."""
    hosts = clean_texts(part)
    alone: dict[str, set[str]] = {}
    rows = []
    for wording in attacks(part):
        if wording.line:
            host = host_of(wording, hosts)
            if host.id not in alone:
                alone[host.id] = {row.text for row in _document_rows(host.id, cleaned(host.text).text, "")}
            planted = _document_rows(wording.id, cleaned(inserted(host.text, wording.line)).text, "planted")
            rows += [replace(row, is_attack=True) for row in planted if row.text not in alone[host.id]]
    return rows


def name_rows(part: str) -> list[ScreeningSample]:
    """Return the wordings of a part that stand in a file's name."""
    return [
        ScreeningSample(reading.text, True, 1.0, "file_name", reading.is_disguised, wording.id)
        for wording in attacks(part)
        if wording.file_name
        for reading in variants(name_words(wording.file_name))
    ]


def fit(rows: list[ScreeningSample], kept_back: list[ScreeningSample]) -> ScreeningWeights:
    """Return the weights fitted to the rows, with thresholds by what was kept back; print what they find there."""
    is_attack = np.array([row.is_attack for row in rows])
    weight = np.array([0.0 if row.source == "planted" else row.weight for row in rows])
    matrix = _matrix([row.text for row in rows])
    coefficients, bias = _linear(matrix, is_attack, weight)
    linear = matrix @ coefficients + bias
    linear_kept_back = _matrix([row.text for row in kept_back]) @ coefficients + bias
    best: dict[str, float] = {}
    for row, score in zip(kept_back, linear_kept_back, strict=True):
        if row.is_attack:
            best[row.document] = max(float(score), best.get(row.document, -np.inf))
    suspicious = float(np.quantile(list(best.values()), 1 - SUSPICIOUS_SHARE))
    documents = {row.document for row in kept_back if row.source == "clean"}
    asked = sum(row.source == "clean" and score >= suspicious for row, score in zip(kept_back, linear_kept_back, strict=True))
    print(f"passages of a clean document that the encoder is asked about: {asked / len(documents):.1f}, linear score {suspicious:.2f}")

    trained = train(_examples(rows, linear, suspicious))
    model = ScreeningWeights(
        coefficients[:BUCKETS], coefficients[BUCKETS:], bias, trained.adapter, trained.head, trained.head_bias,
        suspicious=suspicious, least=0.0, least_disguised=0.0, least_name=0.0,
    )  # fmt: skip
    passing = [(row, score) for row, score in zip(kept_back, linear_kept_back, strict=True) if score >= suspicious]
    kept_back = [row for row, _ in passing]
    judged = scores([row.text for row in kept_back], [float(linear) for _, linear in passing], Encoder(), model)
    least = _thresholds(kept_back, judged)
    _report(kept_back, judged, *least)
    return replace(model, least=least[0], least_disguised=least[1], least_name=least[2])


def _examples(rows: list[ScreeningSample], linear: np.ndarray, suspicious: float) -> list[Example]:
    """Return what the adapter learns from: all wordings, all that comes near them, and a share of the rest."""
    order = random.Random(0)
    examples = []
    for row, score in zip(rows, linear, strict=True):
        is_near = not row.is_attack and row.source != "composed" and score >= suspicious - NEARLY_SUSPICIOUS
        if is_near or order.random() < SHARES.get(row.source, 1.0):
            examples.append(Example(row.text, row.is_attack, COMPOSED_WEIGHT if row.source == "composed" else 1.0))
    return examples


def _matrix(texts: list[str]) -> scipy.sparse.csr_matrix:
    """Return what the linear model reads: n-grams whose squares add up to 1, and cues."""
    blocks = []
    for text in texts:
        buckets = ngram_buckets(text)
        present = np.flatnonzero(cue_vector(text))
        values = [np.full(len(buckets), len(buckets) ** -0.5), np.full(len(present), CUE_SCALE)]
        blocks.append((np.concatenate([buckets, BUCKETS + present]), np.concatenate(values)))
    starts = np.cumsum([0, *(len(columns) for columns, _ in blocks)])
    columns, values = (np.concatenate(part) for part in zip(*blocks, strict=True))
    return scipy.sparse.csr_matrix((values, columns, starts), shape=(len(texts), BUCKETS + len(cue_names())))


def _linear(matrix: scipy.sparse.csr_matrix, is_attack: np.ndarray, weight: np.ndarray) -> tuple[np.ndarray, float]:
    used = weight > 0
    model = LogisticRegression(C=3, solver="liblinear", max_iter=300, random_state=0)
    model.fit(matrix[used], is_attack[used], sample_weight=weight[used] * np.where(is_attack[used], 5, 1))
    return np.ravel(model.coef_), float(np.ravel(model.intercept_)[0])


def _thresholds(rows: list[ScreeningSample], scores: np.ndarray) -> tuple[float, float, float]:
    """Return the log-odds that FLAGGED clean documents of the calibration part reach; less for disguises and names where all stay below."""

    def most(keep: Callable[[ScreeningSample], bool]) -> list[float]:
        by_document: dict[str, float] = {}
        for row, score in zip(rows, scores, strict=True):
            if not row.is_attack and keep(row):
                by_document[row.document] = max(float(score), by_document.get(row.document, -np.inf))
        return sorted(by_document.values(), reverse=True)

    plain = most(lambda row: row.source in ("clean", "realistic") and not row.is_disguised)
    disguised = most(lambda row: row.source in ("clean", "realistic") and row.is_disguised)
    names = most(lambda row: row.source == "name")
    print(f"most suspicious clean documents: {np.round(plain[:16], 2)}")
    print(f"most suspicious clean texts in disguise: {np.round(disguised[:3], 2)}, clean file names: {np.round(names[:3], 2)}")
    least = plain[FLAGGED] + 0.01
    return least, min(least, max([0.0, *disguised[:1]]) + MARGIN), min(least, max([0.0, *names[:1]]) + MARGIN)


def _report(rows: list[ScreeningSample], scores: np.ndarray, least: float, least_disguised: float, least_name: float) -> None:
    """Print the share of calibration wordings found and of clean documents noted."""
    asked = [least_name if row.source in ("name", "file_name") else least_disguised if row.is_disguised else least for row in rows]
    noted = {(row.is_attack, row.document) for row, score, bound in zip(rows, scores, asked, strict=True) if score >= bound}
    print(f"thresholds: {least:.2f}, in disguise {least_disguised:.2f}, names {least_name:.2f}")
    texts = clean_texts("calibration")
    print(f"clean calibration documents noted: {share_with_interval(sum((False, text.id) in noted for text in texts), len(texts))}")
    print_found(attacks("calibration"), {wording.id: (True, wording.id) in noted for wording in attacks("calibration")})


def write(weights: ScreeningWeights) -> None:
    """Write the weights: the n-grams' in 32nds, the matrices in half precision."""
    arrays = {name: np.asarray(getattr(weights, name)) for name in ScreeningWeights.__dataclass_fields__ if name != "adapter"}
    arrays |= {f"adapter.{name}": values for name, values in weights.adapter.items()}
    ngrams = np.clip(np.round(arrays.pop("ngrams") * 32), -32768, 32767).astype(np.int16)
    small = {name: values.astype(np.float16 if values.ndim > 1 else np.float32) for name, values in arrays.items()}
    np.savez_compressed(ROOT / "preprocess" / "screening" / "weights.npz", ngrams=ngrams, **small)  # pyright: ignore[reportArgumentType]


if __name__ == "__main__":
    main()
