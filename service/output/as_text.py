"""Print results as text on a console: what was read of files, and a ranking as a table."""

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from i18n.texts import Texts
from preprocess.document import Rejected, Resume
from reranker.engine import EngineInfo
from reranker.evidence.forbidden import Forbidden
from reranker.rows import Ranking
from service.read import Reading

_SHOWN = 3
"""Requirements that are named in a cell of the table."""


def reading_as_text(reading: Reading, words: Texts) -> str:
    """Return each file's name, text and notes, then the requirements of the job."""
    blocks = []
    for file in reading.files:
        if isinstance(file, Resume):
            notes = [f"* {words.note(note)}" for note in file.notes]
            blocks.append("\n".join([f"==== {file.name}", file.text, *(["----", *notes] if notes else [])]))
        else:
            blocks.append(f"==== {file.name}\n{words('cli.rejected')}: {words.rejected(file)}")
    if reading.requirements or reading.refused:
        lines = [f"* {words(f'kind.{requirement.kind}')}: {requirement.text}" for requirement in reading.requirements]
        lines += [f"* {_refused(refused, words)}" for refused in reading.refused]
        blocks.append("\n".join([f"==== {words('detail.requirements')}", *lines]))
    return "\n\n".join(blocks)


def _refused(refused: Forbidden, words: Texts) -> str:
    ground, law = words(f"ground.{refused.ground}"), words(f"law.{refused.ground}")
    return f"{refused.part} ({words('rubric.ignored_by_law', ground=ground, law=law)})"


def print_ranking(
    ranking: Ranking, rejected: Sequence[Rejected], model: EngineInfo | None, timing: Mapping[str, float], words: Texts
) -> None:
    """Print on stdout a table of the candidates, the files that were refused, and seconds ("load_s", "score_s", "total_s")."""
    console = Console()
    if ranking.rows and model:
        table = Table(title=f"{model.name} · {model.dtype} · {model.device}", show_lines=True)
        for column in ("rank", "name", "score", "match_points", "gaps"):
            table.add_column(words(f"cli.{column}"), overflow="fold")
        for row in ranking.rows:
            points = row.match_points or ()
            score = f"{row.probability:.1%}" if row.probability is not None else f"{row.logit:.3f}"
            strongest = sorted((point for point in points if point.status in ("met", "partial")), key=lambda point: -point.strength)[
                :_SHOWN
            ]
            quotes = [f"{_short(point.requirement)} ← {_short(point.shown_quote)}" for point in strongest]
            gaps = [_short(point.requirement) for point in points if point.status == "missing" and point.kind in ("must", "nice")][:_SHOWN]
            cells = (f"{row.rank} ({row.input_position})", row.name, score, "\n".join(quotes), "\n".join(gaps))
            table.add_row(*map(Text, cells))  # Text: square brackets in a resume are no markup
        console.print(table)
    for file in rejected:
        console.print(Text(words("cli.rejected"), style="yellow"), Text(f"{file.name}: {words.rejected(file)}"))
    console.print(words("cli.timing", load=timing["load_s"], score=timing["score_s"], total=timing["total_s"]))


def _short(text: str) -> str:
    return text if len(text) <= 24 else text[:23] + "…"
