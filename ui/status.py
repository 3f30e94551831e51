"""The small things around the list, as HTML: which model answers, progress, messages, the pile of resumes, the empty page."""

from html import escape
from pathlib import PurePath

from server.model import FAILED, READY, Model
from ui.results import Judged, rejected_html, results_html
from ui.session import EXPLAINING, SCORING, WAITING, Message, Progress, Session
from ui.texts import Texts

GET_MODEL = "./start.sh --model Qwen/Qwen3-Reranker-0.6B"


def model_html(model: Model, words: Texts) -> str:
    """The status line at the top: model, precision, device."""
    if model.state == READY:
        engine = model.engine
        kind = "ready" if engine.has_probability else "standin"
        name = escape(" · ".join((engine.name, engine.dtype, engine.device)))
        return f'<div class="rr-model {kind}" title="{escape(chr(10).join(model.said))}"><i></i>{name}</div>'
    key = "model.failed" if model.state == FAILED else "model.loading"
    return f'<div class="rr-model {model.state}" role="status"><i></i>{words(key)}</div>'


def notice_html(model: Model, words: Texts) -> str:
    """Above everything while the embedded stand-in answers: that it is not the real model, and how to get that."""
    if model.state == READY and not model.engine.has_probability:
        text = escape(words("model.standin", name=model.engine.name))
        return f'<div class="rr-notice"><b>{words("model.standin_title")}</b><span>{text} <code>{GET_MODEL}</code></span></div>'
    if model.state == FAILED:
        return _message(Message("message.model_failed", {"problem": model.problem}), words)
    return ""


def pile_html(session: Session, words: Texts) -> str:
    """The uploaded resumes, each with a button that takes it out again."""
    progress = _progress(session.reading, words) if session.reading else ""
    if not session.documents and not session.unread:
        return progress
    title = words("pile.count", count=len(session.documents))
    if session.unread:
        title += f' <span class="bad">{words("pile.unread", count=len(session.unread))}</span>'
    items = [_in_pile(document.name, "document", number, words) for number, document in enumerate(session.documents)]
    items += [_in_pile(one.name, "unread", number, words, words.rejected(one)) for number, one in enumerate(session.unread)]
    clear = f'<button type="button" data-remove="all">{words("pile.clear")}</button>'
    return f'{progress}<div class="rr-pile"><div class="rr-pile-head"><span>{title}</span>{clear}</div><ul>{"".join(items)}</ul></div>'


def _in_pile(name: str, kind: str, number: int, words: Texts, reason: str = "") -> str:
    why = f"<small>{escape(reason)}</small>" if reason else ""
    label = escape(words("pile.remove", name=name))
    button = f'<button type="button" data-remove="{kind}" data-number="{number}" aria-label="{label}" title="{label}">×</button>'
    suffix = escape(PurePath(name).suffix[1:5].upper() or "TXT")
    return f'<li class="{kind}"><em>{suffix}</em><span title="{escape(name)}">{escape(name)}{why}</span>{button}</li>'


def board_html(session: Session, words: Texts) -> str:
    """The whole right side: message, progress, results, what could not be read; or what to do first."""
    parts = []
    if session.message:
        parts.append(_message(session.message, words))
    if session.progress:
        parts.append(_progress(session.progress, words))
    ranking = session.ranking
    if ranking and ranking.rows:
        settled = session.progress is None
        if settled:
            parts.append(_summary(session, words))
        judged = Judged(session.labels, session.user, session.weights.coefficients) if settled and session.run_id else None
        parts.append(results_html(ranking, session.resumes, words, settled, judged))
    elif session.stopped:
        parts.append(f'<p class="rr-summary">{words("summary.stopped", done=0, total=len(session.resumes))}</p>')
    elif not session.progress:
        steps = "".join(f"<li>{words(f'empty.step{step}')}</li>" for step in (1, 2, 3))
        parts.append(f'<div class="rr-empty"><h2>{words("empty.title")}</h2><ol>{steps}</ol><p>{words("empty.hint")}</p></div>')
    if session.query or session.message:
        parts.append(rejected_html(session.rejected or session.unread, words))
    return f'<div class="rr-board">{"".join(parts)}</div>'


def _summary(session: Session, words: Texts) -> str:
    ranking = session.ranking
    assert ranking
    if not ranking.finished:
        return f'<p class="rr-summary warn">{words("summary.stopped", done=len(ranking.rows), total=ranking.total)}</p>'
    facts = words(
        "summary.done",
        count=ranking.total,
        score=f"{ranking.timing['score_s']:.1f}",
        explain=f"{ranking.timing['explain_s']:.1f}",
    )
    model = escape(" · ".join(str(session.model[name]) for name in ("name", "dtype", "device")))
    learned = words("summary.learned", version=session.weights.version) if session.weights.version else ""
    return f'<p class="rr-summary"><span>{facts}</span><span>{model}</span><span>{learned}</span></p>'


def _progress(progress: Progress, words: Texts) -> str:
    measured = progress.stage != WAITING and progress.total > 0
    label = words(f"progress.{progress.stage}")
    counts = f"{progress.done}/{progress.total}" if measured else ""
    if measured and progress.seconds_left is not None and progress.stage in (SCORING, EXPLAINING):
        counts += f" · {words('progress.left', seconds=f'{progress.seconds_left:.1f}')}"
    if progress.others:
        counts += f" · {words('progress.others', count=progress.others)}"
    share = f"{100 * progress.done / progress.total:.1f}%" if measured else "100%"
    bar = f'<div class="rr-track{"" if measured else " unknown"}"><div style="width:{share}"></div></div>'
    return f'<div class="rr-progress" role="status"><div><b>{label}</b><span>{counts}</span></div>{bar}</div>'


def _message(message: Message, words: Texts) -> str:
    text = escape(words(message.key, **message.values))
    if message.rejected:
        text += " " + escape(words.rejected(message.rejected))
    return f'<div class="rr-message {message.kind}" role="alert">{text}</div>'
