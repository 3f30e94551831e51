"""Render the criteria of the job description: one line under the box, the panel to edit them, and what they do on a row of the list."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from i18n.texts import Texts
from reranker.engine import EngineInfo
from reranker.evidence.forbidden import forbidden
from reranker.evidence.job_text.put_off import put_off
from reranker.evidence.requirements import left_out
from reranker.rows import Row
from reranker.rubric.criteria import KINDS, WEIGHTS, Criterion, Rubric, as_parsed
from reranker.rubric.lifts import LOGIT_UNIT, total, unit_of, unmet_musts
from reranker.rubric.parts import parts
from service.rubric.lifts import is_seen, lifts_said, signed_amount
from service.rubric.of_job import JobRubric
from ui.html.templates import rendered
from ui.html.times import said_at
from ui.rubric_desk import Refusal, RubricDesk

SHOWN_LIFTS = 5


def rubric_line_html(desk: RubricDesk, words: Texts) -> Markup:
    """Return the line under the job description: how many criteria of each kind, and the button that opens the panel; "" without any.

    While the panel is closed it says, too, what of a rubric saved earlier is refused.
    """
    if desk.current is None:
        return Markup()
    rubric = desk.current.rubric
    counts = [(kind, sum(criterion.kind == kind for criterion in rubric.criteria)) for kind in KINDS]
    said = [words("rubric.count", count=sum(criterion.counts for criterion in rubric.criteria))]
    refused = sum(bool(forbidden(criterion.text)) for criterion in rubric.criteria)
    counts[-1] = "ignore", counts[-1][1] - refused
    said += [words(f"rubric.count_{kind}", count=count) for kind, count in counts if count]
    refusal = refusal_said(desk.refusal, words) if desk.refusal and not desk.is_open else ""  # else the panel says it
    is_changed = _is_changed(rubric)
    return rendered("rubric_line", words=words, said=said, refused=refused, is_changed=is_changed, is_open=desk.is_open, refusal=refusal)


def rubric_panel_html(desk: RubricDesk, presets: Sequence[str], info: EngineInfo | None, words: Texts) -> Markup:
    """Return the panel with every criterion; "" while it is closed.

    `presets` are the names of the saved ones; `info` is of the engine, whose amounts are stated, None until it is loaded.
    """
    if desk.current is None or not desk.is_open:
        return Markup()
    rubric = desk.current.rubric
    last = len(rubric.criteria) - 1
    rows = [_row(criterion, index == last, desk.refusal, words) for index, criterion in enumerate(rubric.criteria)]
    return rendered(
        "rubric_panel",
        words=words,
        rows=rows,
        kinds=KINDS,
        weights=[(weight, words(f"rubric.weight_{str(weight).replace('.', '_')}")) for weight in WEIGHTS],
        presets=presets,
        saved=_saved(desk.current, words),
        is_changed=_is_changed(rubric),
        can_step_back=desk.can_step_back,
        refusal=refusal_said(desk.refusal, words) if desk.refusal and not desk.refusal.key else "",
        refused_text=desk.refusal.text if desk.refusal and not desk.refusal.key else "",
        hint=_hint(rubric, info, words),
        left_out=words("rubric.between").join(left_out(desk.current.job)),
    )


def refusal_said(refusal: Refusal, words: Texts) -> str:
    """Return why a change was refused, with the law's name where one forbids it."""
    if refusal.why:
        ground = refusal.why.ground
        return words("rubric.forbidden", part=refusal.why.part, ground=words(f"ground.{ground}"), law=words(f"law.{ground}"))
    return words(f"rubric.refused_{refusal.code}")


def rubric_chips_html(row: Row, words: Texts) -> Markup:
    """Return chips for the musts that a candidate does not show, and for what HR's changes add to the score; "" for neither."""
    unmet = "\n".join(point.requirement for point in unmet_musts(row.match_points))
    lifts = "\n".join(f"{amount} {said}" for said, amount in lifts_said(row, words)[:SHOWN_LIFTS])
    is_shown = any(lift.change != "forbidden" for lift in row.lifts) and is_seen(row, total(row.lifts))
    added = signed_amount(row, total(row.lifts)) if is_shown else ""
    return rendered("rubric_chips", words=words, count=len(unmet_musts(row.match_points)), unmet=unmet, added=added, lifts=lifts)


def why_lifted_html(row: Row, words: Texts) -> Markup:
    """Return the section of the open candidate that states what each changed criterion adds to the score; "" where none was changed."""
    if not row.lifts:
        return Markup()
    hint = words("rubric.why_hint", total=signed_amount(row, total(row.lifts)), before=row.model_rank, after=row.rank)
    return rendered("rubric_why", words=words, hint=hint, lifts=lifts_said(row, words))


def _row(criterion: Criterion, is_last: bool, refusal: Refusal | None, words: Texts) -> dict[str, Any]:
    why = forbidden(criterion.text)
    law = words("rubric.ignored_by_law", ground=words(f"ground.{why.ground}"), law=words(f"law.{why.ground}")) if why else ""
    origin = ""
    if criterion.origin != "parsed":
        sources = words("rubric.between").join(criterion.sources)
        origin = words("rubric.joined") if sources == criterion.text else words(f"rubric.{criterion.origin}", text=sources)
    refused = refusal_said(refusal, words) if refusal and refusal.key == criterion.key else ""
    return {
        "criterion": criterion,
        "law": law,
        "put_off": words(f"rubric.put_off_{reason}") if (reason := put_off(criterion.text)) and not criterion.counts else "",
        "origin": origin,
        "refused": refused,
        "can_split": len(parts(criterion.text)) > 1,
        "can_merge": not is_last,
    }


def _hint(rubric: Rubric, info: EngineInfo | None, words: Texts) -> str:
    most = (unit_of(rubric, info) if info else LOGIT_UNIT) / 2
    return words("rubric.hint", unit=f"{most:.3f}" if info and info.score_scale == "relative" else f"{most:.2f}")


def _is_changed(rubric: Rubric) -> bool:
    """Return whether HR changed anything: what the law forbids is left out without that."""
    return rubric != as_parsed(rubric.parsed)


def _saved(current: JobRubric, words: Texts) -> str:
    if not current.version:
        return words("rubric.not_saved" if _is_changed(current.rubric) else "rubric.untouched")
    when = said_at(current.at, words) if current.at else ""
    return words("rubric.version", version=current.version) + "".join(f" · {fact}" for fact in (current.user, when) if fact)
