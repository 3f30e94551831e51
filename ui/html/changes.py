"""Render a comparison of two rankings: what was asked differently, who moved, and what those who rose have in common."""

from html import escape

from feedback.comparison.compare import Comparison, Move
from i18n.texts import Texts

SHOWN_MOVES = 8


def change_html(change: Comparison, words: Texts, is_blind: bool = False) -> str:
    """Return one line that opens into the moves, without names if `is_blind`; "" if the rankings share no candidates."""
    if not change.moves:
        return ""
    asked = words("change.comma").join(words(f"change.{name}") for name in change.changed) or words("change.nothing")
    body = "" if change.unmoved else _moves(change, words, is_blind) + _drivers(change, words)
    said = f"{words('change.since', what=asked)} {_outcome(change, words)}"
    others = _others(change, words)
    if not body and not others:
        return f'<p class="rr-change">{said}</p>'
    return f'<details class="rr-change"><summary>{said}</summary>{body}{others}</details>'


def _outcome(change: Comparison, words: Texts) -> str:
    if change.ignores_instruction:
        return words("change.ignores_instruction")
    if change.unmoved:
        return words("change.unmoved")
    up = sum(move.rise > 0 for move in change.moves)
    down = sum(move.rise < 0 for move in change.moves)
    return words("change.moved", up=up, down=down)


def _moves(change: Comparison, words: Texts, is_blind: bool) -> str:
    moved = sorted((move for move in change.moves if move.rise), key=lambda move: (-abs(move.rise), move.rank_after))
    lines = "".join(_move(move, words, is_blind, "engine" in change.changed) for move in moved[:SHOWN_MOVES])
    rest = f'<li class="rr-dim">{words("change.more", count=len(moved) - SHOWN_MOVES)}</li>' if len(moved) > SHOWN_MOVES else ""
    return f'<ul class="rr-moves">{lines}{rest}</ul>'


def _move(move: Move, words: Texts, is_blind: bool, is_other_engine: bool) -> str:
    way = f'<b class="up">▲{move.rise}</b>' if move.rise > 0 else f'<b class="down">▼{-move.rise}</b>'
    name = "" if is_blind else f"<span>{escape(move.name)}</span>"
    ranks = words("change.ranks", before=move.rank_before, after=move.rank_after)
    lifts = sorted(move.contributions.items(), key=lambda item: -abs(item[1]))[:3]
    why = words("change.comma").join(f"{words(f'feature.{feature}')} {lift:+.2f}" for feature, lift in lifts)
    scores = words("change.score", before=f"{move.logit_before:.2f}", after=f"{move.logit_after:.2f}")
    more = why or ("" if is_other_engine else scores)
    return f"<li>{way}{name}<span>{ranks}</span>{f'<small>{more}</small>' if more else ''}</li>"


def _drivers(change: Comparison, words: Texts) -> str:
    """Return the features that correlate with the moves. If none do, say so, except where weights changed: then each move has exact
    reasons.
    """
    if change.drivers:
        items = "".join(
            f"<li>{words('change.rose' if one.correlation > 0 else 'change.fell', feature=words(f'feature.{one.feature}'))}"
            f" <small>{words('change.correlation', value=f'{one.correlation:+.2f}', count=one.count)}</small></li>"
            for one in change.drivers
        )
        return f"<p>{words('change.drivers')}</p><ul>{items}</ul>"
    return "" if "weights" in change.changed else f'<p class="rr-dim">{words("change.no_drivers")}</p>'


def _others(change: Comparison, words: Texts) -> str:
    new, gone = len(change.only_after), len(change.only_before)
    return f'<p class="rr-dim">{words("change.others", new=new, gone=gone)}</p>' if new or gone else ""
