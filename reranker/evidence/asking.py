"""Ask the reranker about one resume requirement by requirement, each time with only the passages that may answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from preprocess.document import Resume
from preprocess.lexicon.characters import width
from reranker.encoder.encoder import Encoder
from reranker.engine import Engine, IdAndText, Query, finite, part_of
from reranker.evidence.match_points import MatchPoint
from reranker.evidence.requirements import Requirement
from reranker.evidence.resume_text.lines import ResumeLines, read_lines
from reranker.evidence.similarity import similarity
from reranker.rows import sigmoid

INSTRUCTION = "Judge whether the resume text shows that the candidate meets this one requirement"
PASSAGES = 2
PASSAGE_WIDTH = 200
"""Passages per requirement, and how long one may be (a Chinese character counts 2). The costs follow: ten requirements are 1,000 (English)
to 1,700 tokens (Chinese) of passages and 900 of prefixes, which the engine keeps for the next candidate, however long the resume is."""

Span = tuple[int, int]


@dataclass(frozen=True)
class ModelAnswer:
    """The reranker's answer to one requirement: `requirement` is its place in those asked.

    `logit` and `probability` are those of the passage that answers best (`probability` is None for an engine that has none), and
    resume_text[start:end] is the line of that passage closest to the requirement. A high value is a yes, a low one a no.
    """

    requirement: int
    logit: float
    probability: float | None
    start: int
    end: int


@dataclass(frozen=True)
class Passage:
    """resume_text[start:end] is shown to the engine; of it, resume_text[quote_start:quote_end] is the line closest to the requirement."""

    start: int
    end: int
    quote_start: int
    quote_end: int

    def of(self, resume: Resume) -> IdAndText:
        """Return this passage of the resume as a document to score; it is forgotten together with the resume."""
        return part_of(resume.id, f"{self.start}-{self.end}", resume.text[self.start : self.end])


def ask(
    requirements: Sequence[Requirement],
    resume: Resume,
    points: Sequence[MatchPoint],
    engine: Engine,
    encoder: Encoder,
    batch_size: int | None = None,
) -> Iterator[ModelAnswer]:
    """Yield one ModelAnswer per requirement, in their order, each as soon as it is known. `points` are the resume's match points for them.

    Each requirement is a query of its own, so threads that share the engine through a Scheduler take turns between requirements. A passage
    cannot show what only the whole resume does (years summed over jobs); match points count that. A resume without text lines gets no
    answers. Closing the iterator stops the work. Raise ScoringError if the engine fails or a passage gets no finite score.
    """
    for index, passages in enumerate(choose_passages(requirements, resume.text, points, encoder)):
        query = Query(requirements[index].text, INSTRUCTION)
        documents = [passage.of(resume) for passage in passages]
        scores = sorted(finite(engine.score(query, documents, batch_size)), key=lambda score: (-score.logit, score.index))
        for best in scores[:1]:
            passage = passages[best.index]
            probability = sigmoid(best.logit) if engine.info.score_scale == "probability" else None
            yield ModelAnswer(index, best.logit, probability, passage.quote_start, passage.quote_end)


def choose_passages(
    requirements: Sequence[Requirement], resume_text: str, points: Sequence[MatchPoint], encoder: Encoder
) -> list[tuple[Passage, ...]]:
    """Return for each requirement up to PASSAGES passages, likeliest first.

    The first is around the match point's quote, if it has one, the others around the lines closest in meaning. A passage is at most
    PASSAGE_WIDTH wide unless a single line is wider.
    """
    resume = read_lines(resume_text)
    similarities = similarity([requirement.text for requirement in requirements], resume, encoder)
    chosen = []
    for row, point in zip(similarities, points, strict=True):
        likely = sorted(resume.encoded, key=lambda line: -row[line])
        lines = [resume.spans[line] for line in dict.fromkeys([*likely, *range(len(resume.spans))])]
        chosen.append(_passages(_quote_first(lines, point), resume))
    return chosen


def _quote_first(lines: list[Span], point: MatchPoint) -> list[Span]:
    """Return the lines with that of the match point first; a quote outside all lines that were read is put first as a line of its own."""
    if not point.quote:
        return lines
    off_line = point.start, min(point.end, point.start + PASSAGE_WIDTH)
    quoted = next((line for line in lines if line[0] < point.end and point.start < line[1]), off_line)
    return [quoted, *(line for line in lines if line != quoted)]


def _passages(lines: list[Span], resume: ResumeLines) -> tuple[Passage, ...]:
    """Return up to PASSAGES passages, each around the first of `lines` that no earlier passage covers. Passages do not overlap."""
    passages: list[Passage] = []
    for line in lines:
        if len(passages) == PASSAGES:
            break
        if any(passage.start < line[1] and line[0] < passage.end for passage in passages):
            continue
        floor = max((passage.end for passage in passages if passage.end <= line[0]), default=0)
        ceiling = min((passage.start for passage in passages if passage.start >= line[1]), default=len(resume.text))
        start, end = _widened(line, [near for near in resume.spans if floor <= near[0] and near[1] <= ceiling], resume.text)
        quote = next(near for near in lines if start <= near[0] and near[1] <= end)
        passages.append(Passage(start, end, *quote))
    return tuple(passages)


def _widened(line: Span, free: list[Span], text: str) -> Span:
    """Return the span of `line` widened by the free lines before and after it, alternately, up to PASSAGE_WIDTH.

    The line before comes first: it tends to name the job or its dates.
    """
    start, end = line
    before = iter([span for span in reversed(free) if span[1] <= start])
    after = iter([span for span in free if span[0] >= end])
    sides = [before, after]
    while sides:
        side = sides.pop(0)
        near = next(side, line)
        wider = min(start, near[0]), max(end, near[1])
        if near != line and wider[1] - wider[0] <= PASSAGE_WIDTH and width(text[slice(*wider)]) <= PASSAGE_WIDTH:
            start, end = wider
            sides.append(side)
    return start, end
