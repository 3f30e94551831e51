"""Render what surrounds the list: the engine's status, notices, progress, messages and the uploaded resumes."""

from pathlib import PurePath
from typing import Any

from markupsafe import Markup

from feedback.store.store import Store
from i18n.texts import Texts
from reranker.engine import EngineInfo
from service.learn import order_said
from service.message import Message, model_failed, store_damaged
from service.model import FAILED, READY, Model
from service.output.blind_names import letter_name, shown_rejected
from service.pile import Pile
from service.progress import EXPLAINING, SCORING, WAITING, Progress
from service.run_state import RunState
from ui.html.files import file_said, pile_files_html
from ui.html.roster import roster_html
from ui.html.templates import rendered
from ui.session_parts import Form, View

FIELDS = {"message.no_job": "job", "message.job_too_long": "job", "message.no_resumes": "resumes"}
"""The field of the form at which a refusal of a run is shown, by the message's key."""

GET_MODEL = "./start.sh --model Qwen/Qwen3-Reranker-0.6B"


def title_html(title: str, hint: str = "") -> Markup:
    """Return the title of a card, with an explaining line if `hint` is given."""
    return rendered("card_title", title=title, hint=hint)


def model_html(model: Model, words: Texts) -> Markup:
    """Return the status line at the top: model, precision and device, or that it is loading or failed."""
    if model.state == READY:
        info = model.engine.info
        exactly = " · ".join((info.name, info.dtype, info.device))
        title = "\n".join([exactly, *map(words.notice, model.said)])
        return rendered("model", kind="standin" if info.is_fallback else "ready", name=model_said(info, words), title=title, is_news=False)
    key = "model.failed" if model.state == FAILED else "model.loading"
    return rendered("model", kind=model.state, name=words(key), title="", is_news=True)


def model_said(info: EngineInfo, words: Texts) -> str:
    """Return which model scores, and where, in words that everybody knows. Its precision is in the title."""
    name = words("model.standin_name") if info.is_fallback else info.name
    where = (
        words("model.where_cpu" if info.device == "cpu" else "model.where_gpu", device=info.device) if not info.sends_to else info.device
    )
    return f"{name} · {where}"


def notice_html(model: Model, store: Store, words: Texts) -> Markup:
    """Return the notices at the top of the page: the embedded engine, servers or no model is used; the store was found damaged."""
    return _model_notice(model, words) + (message_html(store_damaged(store), words) if store.damaged else Markup())


def _model_notice(model: Model, words: Texts) -> Markup:
    if model.state == FAILED:
        return message_html(model_failed(model), words)
    notices = Markup()
    if model.state == READY and model.engine.info.sends_to:
        notices += message_html(Message("message.sent_to", {"servers": model.engine.info.sends_to}, kind="info"), words)
    if model.state == READY and model.engine.info.is_fallback:
        notices += rendered("standin", text=words("model.standin", name=model.engine.info.name), command=GET_MODEL, words=words)
    return notices


def pile_html(pile: Pile, form: Form, view: View, words: Texts) -> Markup:
    """Return the list of unreadable files, uploaded resumes and the pasted text, each with a button to remove it."""
    hides_names, pasted = view.hides_names, form.pasted.strip()
    progress = (progress_html(pile.reading, words) if pile.reading else Markup()) + roster_html(pile, hides_names, words)
    progress += refusal_html(view.message, "resumes", words)
    if not pile.documents and not pile.unread and not pasted:
        return progress
    unread = [
        _in_pile(file_said(file.name, words), file.name, "unread", number) | {"reason": words.rejected(file)}
        for number, file in enumerate(shown_rejected(pile.unread, hides_names, words))
    ]
    read = [
        _in_pile(letter_name(number, words) if hides_names else file_said(document.name, words), document.name, "document", number - 1)
        | {"more": pile_files_html(() if hides_names else document.files, len(document.files), words)}
        for number, document in enumerate(pile.documents, start=1)
    ]
    typed = [_pasted_in_pile(pasted, form.pasted_count, words)] if pasted else []
    return progress + rendered("pile", files=[*unread, *read, *typed], documents=len(pile.documents), unread=len(pile.unread), words=words)


def _in_pile(shown: str, file: str, kind: str, number: int) -> dict[str, Any]:
    return {"name": shown, "suffix": PurePath(file).suffix[1:5].upper() or "TXT", "kind": kind, "number": number}


def _pasted_in_pile(pasted: str, resumes: int, words: Texts) -> dict[str, Any]:
    """Return the entry of pasted text: for how many resumes it is taken, and how to part several where it is taken for one."""
    key = "pile.pasted_as" if resumes else "pile.pasted"
    entry = _in_pile(words(key, count=f"{len(pasted):,}", resumes=resumes), "", "pasted", 0)
    return entry | ({"hint": words("pile.pasted_one")} if resumes == 1 and "\n" in pasted else {})


def summary_html(run: RunState, words: Texts) -> Markup:
    """Return how many resumes were ranked, in how many seconds, and by which model; or how far a stopped run got."""
    ranking, engine = run.ranking, run.model
    assert ranking and engine
    if len(ranking.rows) < ranking.total:
        return stopped_html(len(ranking.rows), ranking.total, words)
    facts = words("summary.count", count=ranking.total)
    if ranking.timing:
        facts += " · " + words("summary.took", score=f"{ranking.timing['score_s']:.1f}", explain=f"{ranking.timing['explain_s']:.1f}")
    learned = order_said(run.weights, words)
    exactly = " · ".join((engine.name, engine.dtype, engine.device))
    return rendered("summary", facts=facts, model=model_said(engine, words), exactly=exactly, learned=learned)


def stopped_html(done: int, total: int, words: Texts) -> Markup:
    """Return how far a stopped run got."""
    return rendered("summary", is_stopped=True, done=done, total=total, words=words)


def progress_html(progress: Progress, words: Texts, is_stopping: bool = False) -> Markup:
    """Return a progress bar with counts, and the seconds left if they can be estimated; `is_stopping`: no more than the resume in work."""
    is_measured = progress.stage != WAITING and progress.total > 0
    counts = f"{progress.done}/{progress.total}" if is_measured else ""
    if is_measured and progress.seconds_left is not None and not is_stopping and progress.stage in (SCORING, EXPLAINING):
        counts += f" · {_time_left(progress.seconds_left, words)}"
    if progress.others:
        counts += f" · {words('progress.others', count=progress.others)}"
    share = f"{100 * progress.done / progress.total:.1f}%" if is_measured else "100%"
    label = words("progress.stopping" if is_stopping else f"progress.{progress.stage}")
    return rendered("progress", label=label, counts=counts, share=share, is_measured=is_measured)


def _time_left(seconds: float, words: Texts) -> str:
    """Return a time as a person would say it: in steps of five seconds, or in minutes."""
    if seconds < 5:
        return words("progress.left_moment")
    if seconds < 90:
        return words("progress.left_seconds", count=5 * round(seconds / 5))
    return words("progress.left_minutes", count=round(seconds / 60))


def refusal_html(message: Message | None, field: str, words: Texts) -> Markup:
    """Return the message if a run was refused because of this field, "job" or "resumes"; else ""."""
    is_here = message is not None and FIELDS.get(message.key) == field
    return rendered("refusal", message=message, words=words) if is_here else Markup()


def message_html(message: Message, words: Texts) -> Markup:
    """Return a message box with the sentence of `message`."""
    return rendered("message", message=message, words=words)
