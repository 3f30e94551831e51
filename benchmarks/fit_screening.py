"""Fit preprocess/screening_weights.npz:  python benchmarks/fit_screening.py [--data FOLDER] [--vectors FILE] [--write]

Two stages. A logistic regression over hashed character n-grams and cues looks at every passage; networks over sentence vectors look at the
suspicious ones. Fitted to the development parts of tests/data/screening, tests/data/attack_wordings.toml, composed wordings, and, where
FOLDER has them, realistic resumes. Five times a fifth is left out, similar wordings together, and judged by the rest: the thresholds and
the printed figures come from that. A wording counts as found where a passage of a clean document that it was put into is noted.

--vectors keeps sentence vectors between runs (they take most of the time). --write replaces the weights.
Needs scikit-learn: .venv/bin/pip install -r requirements-benchmarks.txt
"""

import argparse
import hashlib
import sys
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import scipy.sparse
import torch
from scipy.cluster.hierarchy import fcluster, linkage

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from sklearn.linear_model import LogisticRegression  # noqa: E402  # pyright: ignore[reportMissingImports]  # optional

from benchmarks.screening_texts import (  # noqa: E402
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
from preprocess.screening_cues import cue_names  # noqa: E402
from preprocess.screening_instructions import name_words  # noqa: E402
from preprocess.screening_model import BUCKETS, CUE_SCALE, Weights, cue_vector, network_inputs, network_scores, ngram_buckets  # noqa: E402
from preprocess.screening_passages import passages  # noqa: E402
from preprocess.screening_readings import readings  # noqa: E402
from reranker.encoder import Encoder  # noqa: E402

FOLDS = 5
SIMILAR = 0.07  # cosine distance within a group of wordings that are left out together
COMPOSED = {"zh": 600, "en": 600, "ja": 350}
EVERY_REALISTIC = 4
SUSPICIOUS_SHARE = 0.97  # of the wordings that are left out must pass the linear model
NETWORKS, HIDDEN, EPOCHS = 3, 128, 25
UNSURE = 0.05  # label smoothing: a network that is never sure makes no clean text an outlier
SPREAD = 0.3  # added to a standard deviation: what hardly varies is not blown up
FLAGGED = 1  # clean development documents that may be noted by a fit without them
MARGIN = 0.5  # above the most suspicious clean text, where few there are to measure with


@dataclass(frozen=True)
class Row:
    """A reading to learn from. Rows of one `group` are left out together; `document` is the clean document it stands in."""

    text: str
    group: str
    is_attack: bool
    weight: float
    source: str
    is_disguised: bool = False
    document: str = ""


class KeptVectors:
    """An encoder that keeps its vectors in a file between runs."""

    def __init__(self, path: Path | None):
        self._path, self._encoder = path, Encoder()
        self._vectors: dict[str, np.ndarray] = dict(np.load(path)) if path and path.exists() else {}

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        """Return vectors as reranker.encoder does."""
        missing = sorted({text for text in texts if _key(text) not in self._vectors}, key=len)
        for start in range(0, len(missing), 512):
            batch = missing[start : start + 512]
            print(f"  {len(missing) - start} sentences left to encode", flush=True)
            self._vectors |= dict(zip(map(_key, batch), self._encoder.passages(batch), strict=True))
            if self._path:
                np.savez(self._path, **self._vectors)  # pyright: ignore[reportArgumentType]
        return np.stack([self._vectors[_key(text)] for text in texts])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", help="a folder with realistic resumes")
    parser.add_argument("--vectors", type=Path, help="a file (.npz) that keeps sentence vectors between runs")
    parser.add_argument("--write", action="store_true", help="replace preprocess/screening_weights.npz")
    options = parser.parse_args()
    torch.set_num_threads(1)  # sums in one order: the same weights each time
    encoder = KeptVectors(options.vectors)
    rows = [*attack_rows(encoder), *clean_rows(options.data), *planted_rows()]
    weights = fit(rows, encoder)
    if options.write:
        write(weights)


def attack_rows(encoder: KeptVectors) -> list[Row]:
    """The wordings, and composed ones; each wording in the readings that tell what it says."""
    written = [*attacks("development"), *attacks("further"), *older_wordings()]
    texts = [wording.line or name_words(wording.file_name) for wording in written]
    vectors = encoder.passages([readings(text)[-1].text for text in texts])
    groups = fcluster(linkage(vectors, "average", metric="cosine"), SIMILAR, "distance")
    rows = []
    for wording, text, group in zip(written, texts, groups, strict=True):
        found = readings(text)
        told = found[1:] if wording.kind == "base64" and len(found) > 1 else found
        rows += [Row(one.text, f"g{group}", True, 2.0 / len(told), wording.kind, one.is_disguised, wording.id) for one in told]
    for language, count in COMPOSED.items():
        asked, _ = composed(language, count)
        rows += [Row(readings(text)[0].text, f"c{at}", True, 0.3, "composed") for at, text in enumerate(asked)]
    return rows


def clean_rows(folder: Path) -> list[Row]:
    rows = []
    for text in clean_texts("development"):
        rows += _document_rows(text.id, cleaned(text.text).text, "clean")
        first = text.text.strip().split("\n", 1)[0][:30]
        names = (
            [text.trade, first, f"{first}-{text.trade}-5年", f"简历 {text.trade}"]
            if text.language == "zh"
            else [first, f"CV {text.trade} final"]
        )
        rows += [Row(readings(name_words(name))[0].text, text.id, False, 1.0, "name", False, text.id) for name in names]
    for text in [*older_clean_lines(), *clean_lines("further")]:
        rows += _document_rows(text.id, "\n" + text.text, "clean line")
    if folder.is_dir():
        for text in list(realistic_resumes(folder))[::EVERY_REALISTIC]:
            rows += _document_rows(text.id, cleaned(text.text).text, "realistic")
    else:
        print(f"{folder} is missing: fitted without realistic resumes")
    for language, count in COMPOSED.items():
        rows += [Row(readings(text)[0].text, f"c{at}", False, 0.3, "composed") for at, text in enumerate(composed(language, count)[1])]
    return rows


def _document_rows(name: str, text: str, source: str) -> list[Row]:
    found = {reading.text: reading for span in passages(text) for reading in readings(text[slice(*span)])}
    return [Row(reading.text, name, False, 1.0, source, reading.is_disguised, name) for reading in found.values()]


def planted_rows() -> list[Row]:
    """Of each development wording inside a clean document, what the document does not say without it. Weight 0: to measure with."""
    hosts = clean_texts("development")
    alone: dict[str, set[str]] = {}
    rows = []
    for wording in attacks("development"):
        if wording.line:
            host = host_of(wording, hosts)
            if host.id not in alone:
                alone[host.id] = {row.text for row in _document_rows(host.id, cleaned(host.text).text, "")}
            planted = _document_rows(wording.id, cleaned(inserted(host.text, wording.line)).text, "planted")
            rows += [replace(row, is_attack=True, weight=0.0) for row in planted if row.text not in alone[host.id]]
    return rows


def fit(rows: list[Row], encoder: KeptVectors) -> Weights:
    """Print what fits without a fifth of the groups find in that fifth, and return the weights fitted to all."""
    groups = {row.document: row.group for row in rows if row.is_attack and row.weight and row.document}
    rows = [replace(row, group=groups[row.document]) if row.source == "planted" else row for row in rows]
    folds = np.array([zlib.crc32(row.group.encode()) % FOLDS for row in rows])
    is_attack = np.array([row.is_attack for row in rows])
    weight = np.array([row.weight for row in rows])
    matrix = _matrix([row.text for row in rows])
    linear = np.zeros(len(rows))
    for fold in range(FOLDS):
        coefficients, bias = _linear(matrix, is_attack, weight * (folds != fold))
        linear[folds == fold] = matrix[folds == fold] @ coefficients + bias
    coefficients, bias = _linear(matrix, is_attack, weight)
    written = np.array([row.is_attack and row.weight > 0 and row.source not in ("composed", "older") for row in rows])
    suspicious = float(np.quantile(linear[written], 1 - SUSPICIOUS_SHARE))
    passing = linear >= suspicious
    documents = {row.document for row in rows if row.source == "clean"}
    asked = sum(row.source == "clean" and passes for row, passes in zip(rows, passing, strict=True))
    print(f"passages of a clean document that the networks are asked about: {asked / len(documents):.1f}, linear score {suspicious:.2f}")

    kept = np.flatnonzero(passing | written | np.array([row.source in ("name", "composed", "older") for row in rows]))
    rows = [rows[at] for at in kept]
    folds, is_attack, weight, linear, passing = folds[kept], is_attack[kept], weight[kept], linear[kept], passing[kept]
    inputs = network_inputs([row.text for row in rows], linear.tolist(), encoder)
    scores = np.zeros(len(rows))
    for fold in range(FOLDS):
        scores[folds == fold] = network_scores(inputs[folds == fold], _networks(inputs, is_attack, weight * (folds != fold)))
    scores[~passing & np.array([row.source not in ("name", "file_name") for row in rows])] = -np.inf
    least = _thresholds(rows, scores)
    _report(rows, scores, *least)

    networks = _networks(inputs, is_attack, weight)
    return replace(
        networks,
        ngrams=coefficients[:BUCKETS],
        cues=coefficients[BUCKETS:],
        bias=bias,
        suspicious=suspicious,
        least=least[0],
        least_disguised=least[1],
        least_name=least[2],
    )


def _matrix(texts: list[str]) -> scipy.sparse.csr_matrix:
    """What the linear model reads: n-grams whose squares add up to 1, and cues."""
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


def _networks(inputs: np.ndarray, is_attack: np.ndarray, weight: np.ndarray) -> Weights:
    """Networks of one hidden layer, fitted to the rows with a weight. The rest of the Weights is empty."""
    used = weight > 0
    center, spread = inputs[used].mean(axis=0), inputs[used].std(axis=0) + SPREAD
    rows = torch.tensor((inputs[used] - center) / spread)
    target, share = (torch.tensor(values[used], dtype=torch.float32) for values in (is_attack * (1 - 2 * UNSURE) + UNSURE, weight))
    layers = []
    for number in range(NETWORKS):
        torch.manual_seed(number)
        first, last = torch.nn.Linear(rows.shape[1], HIDDEN), torch.nn.Linear(HIDDEN, 1)
        drop = torch.nn.Dropout(0.4), torch.nn.Dropout(0.4)
        network = torch.nn.Sequential(drop[0], first, torch.nn.ReLU(), drop[1], last)
        optimizer = torch.optim.AdamW(network.parameters(), lr=2e-3, weight_decay=0.1)
        for _ in range(EPOCHS):
            for batch in torch.randperm(len(rows)).split(256):
                logits = network(rows[batch])[:, 0]
                loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, target[batch], weight=share[batch])
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
        layers.append([values.detach().numpy() for values in (first.weight.T, first.bias, last.weight[0], last.bias)])
    hidden, hidden_bias, output, output_bias = (np.stack(part) for part in zip(*layers, strict=True))
    nothing = np.zeros(0)
    return Weights(
        nothing, nothing, 0.0, center, spread, hidden, hidden_bias, output, output_bias[:, 0],
        suspicious=0.0, least=0.0, least_disguised=0.0, least_name=0.0,
    )  # fmt: skip


def _thresholds(rows: list[Row], scores: np.ndarray) -> tuple[float, float, float]:
    """Scores that FLAGGED clean documents reach; for disguises and names, which few clean texts have, a margin above all of them."""

    def most(keep: Callable[[Row], bool]) -> list[float]:
        by_document: dict[str, float] = {}
        for row, score in zip(rows, scores, strict=True):
            if not row.is_attack and row.document and keep(row):
                by_document[row.document] = max(float(score), by_document.get(row.document, -np.inf))
        return sorted(by_document.values(), reverse=True)

    plain = most(lambda row: row.source in ("clean", "realistic") and not row.is_disguised)
    disguised = most(lambda row: row.source in ("clean", "realistic") and row.is_disguised)
    names = most(lambda row: row.source == "name")
    print(f"most suspicious clean documents: {np.round(plain[:16], 2)}")
    print(f"most suspicious clean texts in disguise: {np.round(disguised[:3], 2)}, clean file names: {np.round(names[:3], 2)}")
    least = plain[FLAGGED] + 0.01
    return least, min(least, max([0.0, *disguised[:1]]) + MARGIN), min(least, max(0.0, names[0]) + MARGIN)


def _report(rows: list[Row], scores: np.ndarray, least: float, least_disguised: float, least_name: float) -> None:
    """Print, each judged by a fit without it, the share of wordings found and of clean documents noted."""
    asked = [least_name if row.source in ("name", "file_name") else least_disguised if row.is_disguised else least for row in rows]
    noted = {row.document for row, score, bound in zip(rows, scores, asked, strict=True) if score >= bound}
    print(f"thresholds: {least:.2f}, in disguise {least_disguised:.2f}, names {least_name:.2f}")
    texts = clean_texts("development")
    print(f"clean documents noted, each by a fit without it: {share_with_interval(sum(text.id in noted for text in texts), len(texts))}")
    realistic = {row.document for row in rows if row.source == "realistic"}
    print(f"realistic resumes noted: {len(realistic & noted)}")
    planted = {row.document for row, score, bound in zip(rows, scores, asked, strict=True) if row.source == "planted" and score >= bound}
    found = {wording.id: wording.id in (planted if wording.line else noted) for wording in attacks("development")}
    print_found(attacks("development"), found)


def write(weights: Weights) -> None:
    """Write the weights: the n-grams' in 32nds, the others in half precision."""
    arrays = {name: np.asarray(getattr(weights, name)) for name in Weights.__dataclass_fields__}
    ngrams = np.clip(np.round(arrays.pop("ngrams") * 32), -32768, 32767).astype(np.int16)
    small = {name: values.astype(np.float16 if values.ndim > 1 else np.float32) for name, values in arrays.items()}
    np.savez_compressed(ROOT / "preprocess" / "screening_weights.npz", ngrams=ngrams, **small)  # pyright: ignore[reportArgumentType]


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


if __name__ == "__main__":
    main()
