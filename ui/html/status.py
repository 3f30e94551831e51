"""Render what surrounds the list: the engine's status, notices, progress, messages and the uploaded resumes."""

from html import escape
from pathlib import PurePath

from feedback.store.store import Store
from i18n.texts import Texts
from service.blind_names import letter_name
from service.message import Message, model_failed, store_damaged
from service.model import FAILED, READY, Model
from service.progress import EXPLAINING, SCORING, WAITING, Progress
from ui.html.files import pile_files_html
from ui.session import Session

GET_MODEL = "./start.sh --model Qwen/Qwen3-Reranker-0.6B"


def title_html(title: str, hint: str = "") -> str:
    """Return the title of a card, with an explaining line if `hint` is given."""
    return f'<h2 class="rr-card-title">{title}{f"<small>{hint}</small>" if hint else ""}</h2>'


def model_html(model: Model, words: Texts) -> str:
    """Return the status line at the top: model, precision and device, or that it is loading or failed."""
    if model.state == READY:
        info = model.engine.info
        kind = "standin" if info.is_fallback else "ready"
        name = escape(" · ".join((info.name, info.dtype, info.device)))
        return f'<div class="rr-model {kind}" title="{escape(chr(10).join(map(words.notice, model.said)))}"><i></i>{name}</div>'
    key = "model.failed" if model.state == FAILED else "model.loading"
    return f'<div class="rr-model {model.state}" role="status"><i></i>{words(key)}</div>'


def notice_html(model: Model, store: Store, words: Texts) -> str:
    """Return the notices at the top of the page: the embedded engine or no model is in use, and whether the store was found damaged."""
    return _model_notice(model, words) + (message_html(store_damaged(store), words) if store.damaged else "")


def _model_notice(model: Model, words: Texts) -> str:
    if model.state == READY and model.engine.info.is_fallback:
        text = escape(words("model.standin", name=model.engine.info.name))
        return f'<div class="rr-notice"><b>{words("model.standin_title")}</b><span>{text} <code>{GET_MODEL}</code></span></div>'
    if model.state == FAILED:
        return message_html(model_failed(model), words)
    return ""


def pile_html(session: Session, words: Texts) -> str:
    """Return the list of uploaded resumes and unreadable files, each with a button to remove it."""
    progress = progress_html(session.pile.reading, words) if session.pile.reading else ""
    if not session.pile.documents and not session.pile.unread:
        return progress
    title = words("pile.count", count=len(session.pile.documents))
    if session.pile.unread:
        title += f' <span class="bad">{words("pile.unread", count=len(session.pile.unread))}</span>'
    items = [
        _in_pile(
            letter_name(number, words) if session.view.hides_names else one.name,
            one.name,
            "document",
            number - 1,
            words,
            more=pile_files_html(() if session.view.hides_names else one.files, len(one.files), words),
        )
        for number, one in enumerate(session.pile.documents, start=1)
    ]
    items += [_in_pile(one.name, one.name, "unread", number, words, words.rejected(one)) for number, one in enumerate(session.pile.unread)]
    clear = f'<button type="button" data-remove="all">{words("pile.clear")}</button>'
    return f'{progress}<div class="rr-pile"><div class="rr-pile-head"><span>{title}</span>{clear}</div><ul>{"".join(items)}</ul></div>'


def _in_pile(name: str, file: str, kind: str, number: int, words: Texts, reason: str = "", more: str = "") -> str:
    why = f"<small>{escape(reason)}</small>" if reason else ""
    label = escape(words("pile.remove", name=name))
    button = f'<button type="button" data-remove="{kind}" data-number="{number}" aria-label="{label}" title="{label}">×</button>'
    suffix = escape(PurePath(file).suffix[1:5].upper() or "TXT")
    return f'<li class="{kind}"><em>{suffix}</em><span title="{escape(name)}">{escape(name)}{why}{more}</span>{button}</li>'


def summary_html(session: Session, words: Texts) -> str:
    """Return how many resumes were ranked, in how many seconds, and by which model; or how far a stopped run got."""
    ranking, engine = session.run.ranking, session.run.model
    assert ranking and engine
    if len(ranking.rows) < ranking.total:
        return f'<p class="rr-summary warn">{words("summary.stopped", done=len(ranking.rows), total=ranking.total)}</p>'
    facts = words("summary.count", count=ranking.total)
    if ranking.timing:
        facts += " · " + words("summary.took", score=f"{ranking.timing['score_s']:.1f}", explain=f"{ranking.timing['explain_s']:.1f}")
    model = escape(" · ".join((engine.name, engine.dtype, engine.device)))
    learned = words("summary.learned", version=session.run.weights.version) if session.run.weights.version else ""
    return f'<p class="rr-summary"><span>{facts}</span><span>{model}</span><span>{learned}</span></p>'


def progress_html(progress: Progress, words: Texts) -> str:
    """Return a progress bar with counts, and the seconds left if they can be estimated."""
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


def message_html(message: Message, words: Texts) -> str:
    """Return a message box with the sentence of `message`."""
    return f'<div class="rr-message {message.kind}" role="alert">{escape(message.sentence(words))}</div>'
