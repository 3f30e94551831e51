"""Render a comparison of two rankings: what was asked differently, who moved, and what those who rose have in common."""

from typing import Any

from markupsafe import Markup

from feedback.comparison.compare import Comparison, Move
from i18n.texts import Texts
from service.output.blind_names import letter_name
from ui.html.templates import rendered

SHOWN_MOVES = 8


def change_html(change: Comparison, words: Texts, is_blind: bool = False, are_chosen: bool = False) -> Markup:
    """Return one line that opens into the moves, with letters for names if `is_blind`; "" if the rankings share nobody.

    `are_chosen`: somebody chose both, and it is open; else they are the list and the one before.
    """
    if not change.moves:
        return Markup()
    asked = words("change.comma").join(words(f"change.{name}") for name in change.changed) or words("change.nothing")
    moved = sorted((move for move in change.moves if move.rise), key=lambda move: (-abs(move.rise), move.rank_after))
    new, gone = len(change.only_after), len(change.only_before)
    return rendered(
        "change",
        words=words,
        is_open=are_chosen,
        said=f"{words('change.between' if are_chosen else 'change.since', what=asked)} {_outcome(change, words)}",
        moves=[_move(move, words, is_blind, "engine" in change.changed) for move in moved[:SHOWN_MOVES]],
        more=max(0, len(moved) - SHOWN_MOVES),
        drivers=_drivers(change, words),
        says_no_drivers=not {"weights", "job"} & {*change.changed},  # each of them is a reason
        others=words("change.others", new=new, gone=gone) if new or gone else "",
    )


def _outcome(change: Comparison, words: Texts) -> str:
    if change.ignores_instruction:
        return words("change.ignores_instruction")
    if change.unmoved:
        return words("change.unmoved")
    up = sum(move.rise > 0 for move in change.moves)
    down = sum(move.rise < 0 for move in change.moves)
    return words("change.moved_by_job" if "job" in change.changed else "change.moved", up=up, down=down)


def _move(move: Move, words: Texts, is_blind: bool, is_other_engine: bool) -> dict[str, Any]:
    lifts = sorted(move.contributions.items(), key=lambda item: -abs(item[1]))[:3]
    why = words("change.comma").join(
        words("change.lift", feature=words(f"feature.{feature}"), amount=f"{lift:+.2f}") for feature, lift in lifts
    )
    scores = words("change.score", before=f"{move.logit_before:.2f}", after=f"{move.logit_after:.2f}")
    name = letter_name(move.input_position, words) if is_blind else move.name
    about = {"rise": move.rise, "before": move.rank_before, "after": move.rank_after}
    return {"name": name, "why": why or ("" if is_other_engine else scores), **about}


def _drivers(change: Comparison, words: Texts) -> list[dict[str, str]]:
    """Return the features that correlate with the moves, and how closely."""
    return [
        {
            "said": words("change.rose" if driver.correlation > 0 else "change.fell", feature=words(f"feature.{driver.feature}")),
            "how_sure": words("change.correlation", value=f"{driver.correlation:+.2f}", count=driver.count),
        }
        for driver in change.drivers
    ]
