"""Render the right side of the page: message, progress and result list (or first steps), and the panel of the open candidate."""

from markupsafe import Markup

from feedback.store.desk.statuses import STATUSES, TO_READ
from i18n.texts import Texts
from reranker.rows import Ranking
from service.job import job_noted
from service.listing.candidate import ListedCandidate, candidates
from service.listing.earlier import earlier_ranks
from service.listing.introduction import shown_name
from service.listing.listing import MOST_SHOWN, PAGE, Listing, listed, search_words
from service.model import READY, Model
from service.output.blind_names import is_revealed, shown_answers, shown_ranking, shown_rejected, shown_resumes
from service.pile import Pile, joined_document
from service.run_state import RunState, candidate
from ui.html.erase import question_html
from ui.html.listing.changes import change_html
from ui.html.listing.headline import headline
from ui.html.listing.rows import Judged, ListView, rejected_html, results_html
from ui.html.listing.selection import desk_of
from ui.html.listing.tools import list_tools_html
from ui.html.opened.beside import beside_html
from ui.html.opened.candidate import Asked, detail_html
from ui.html.opened.original import original_html
from ui.html.roster import marks_html
from ui.html.status import FIELDS, message_html, progress_html, stopped_html, summary_html
from ui.html.templates import rendered
from ui.session_parts import View


def board_html(run: RunState, pile: Pile, view: View, user: str, words: Texts) -> str:
    """Return the board: message, progress, results and unreadable files; or the first steps if there is no ranking yet."""
    message = view.message
    ranking = shown_ranking(run, words)
    has_rows, settled = bool(ranking and ranking.rows), not run.busy
    noted = job_noted(run.job_notes)
    results, summary, head, change = Markup(), Markup(), "", Markup()
    if ranking and has_rows:
        results = _results(run, ranking, view, user, words)
        if settled:
            summary = summary_html(run, words)
            head = headline(ranking, words) if ranking.finished else ""
            change = change_html(run.change, words, run.is_blind) if run.change else Markup()
    elif run.stopped and not message:
        summary = stopped_html(0, max(len(run.resumes), len(pile.documents)), words)
    return rendered(
        "board",
        words=words,
        messages=[message_html(message, words)] if message and message.key not in FIELDS else [],
        progress=progress_html(run.progress, words, run.is_stopping) if run.progress else "",
        summary=summary,
        job_notes=message_html(noted, words) if noted else "",
        is_blind=has_rows and settled and run.is_blind,
        headline=head,
        change=change,
        marks=marks_html(run.marks, words) if run.marks and settled else "",
        results=results,
        shows_steps=not (has_rows or run.stopped or run.progress),
        pile=_pile_said(pile, words),
        unread=_rejected(run, pile, view, words) if run.query or message else "",
    )


def _rejected(run: RunState, pile: Pile, view: View, words: Texts) -> Markup:
    hides_names = run.is_blind or view.hides_names
    return rejected_html(shown_rejected(run.rejected or pile.unread, hides_names, words), words)


def _pile_said(pile: Pile, words: Texts) -> str:
    """Return how far reading is, or how many were read, for where nothing else is shown; "" for an empty pile.

    On a small screen the list of the files is out of sight.
    """
    if pile.reading:
        done = f" {pile.reading.done}/{pile.reading.total}" if pile.reading.total else ""
        return f"{words('progress.reading')}{done}"
    said = [words("pile.count", count=len(pile.documents))] if pile.documents or pile.unread else []
    said += [words("pile.unread", count=len(pile.unread))] if pile.unread else []
    return words("list.between").join(said)


def tools_html(run: RunState, listing: Listing, user: str, words: Texts) -> str:
    """Return the search, filters and order of the list; "" while there is no list, or one that still comes in."""
    ranking = shown_ranking(run, words)
    if not ranking or not ranking.rows or run.busy:
        return ""
    statuses = [(status, words(f"desk.{status}")) for status in STATUSES] if run.run_id else []
    return list_tools_html(_candidates(run, ranking, user), listing, words, statuses)


def _results(run: RunState, ranking: Ranking, view: View, user: str, words: Texts) -> Markup:
    """Return the candidates that the listing asks for, up to a page's end. While a run streams, all are listed in their order."""
    listing, settled, everybody = view.listing, not run.busy, _candidates(run, ranking, user)
    chosen = listed(everybody, listing) if settled else everybody
    shown = chosen[: listing.shown]
    earlier = earlier_ranks(run) if settled else {}
    searched = search_words(listing.search) if settled else []
    shown_list = ListView(shown, ranking.rows, settled, _judged(run, view, user), view.selected, earlier, searched)
    parts = []
    if settled and (listing.is_narrowed or len(everybody) > PAGE):
        parts.append(rendered("list_count", shown=len(shown), total=len(everybody), is_narrowed=listing.is_narrowed, words=words))
    parts.append(results_html(shown_list, words) if shown else rendered("list_empty", words=words))
    left = len(chosen) - len(shown)
    if left:
        parts.append(rendered("list_more", count=min(PAGE, left, MOST_SHOWN - len(shown)), left=left, words=words))
    return Markup().join(parts)


def _candidates(run: RunState, ranking: Ranking, user: str) -> list[ListedCandidate]:
    statuses = {row.id: run.statuses[row.id].status if row.id in run.statuses else TO_READ for row in ranking.rows} if run.run_id else {}
    return candidates(ranking.rows, shown_resumes(run), run.labels, user, statuses, run.is_blind)


def opened_html(run: RunState, pile: Pile, view: View, user: str, model: Model, words: Texts) -> str:
    """Return the panel of the open candidate, alone or beside another one; "" if none is open."""
    ranking, number = shown_ranking(run, words), view.selected
    row, other = candidate(ranking, number), candidate(ranking, view.beside)
    if not ranking or not row:
        return ""
    everybody = shown_resumes(run)
    if other and row.match_points is not None and other.match_points is not None:
        resumes = everybody[row.input_position - 1], everybody[other.input_position - 1]
        return beside_html(row, other, ranking, words, resumes, _names(run, ranking))
    can_ask = model.state == READY and model.engine.info.score_scale == "probability" and not run.busy and not run.asking
    asked = Asked(shown_answers(run, number), run.asking == number, can_ask)
    question = question_html(view.question, words, run.is_blind) if view.question and not run.busy else ""
    resume = everybody[number - 1]
    revealed = "" if not is_revealed(run) else "own" if run.resumes[number - 1].unmasked else "masked"
    can_split = not run.busy and joined_document(pile, resume) is not None
    original, names = original_html(run, resume.id, words), _names(run, ranking)
    judged = _judged(run, view, user)
    return "".join((question, detail_html(row, ranking, resume, words, judged, asked, can_split, original, names, revealed)))


def _names(run: RunState, ranking: Ranking) -> dict[int, str]:
    """Return by `input_position` what the people of the list are called, as far as their resumes say it and the list shows it."""
    resumes = shown_resumes(run)
    return {row.input_position: shown_name(row, resumes[row.input_position - 1]) for row in ranking.rows}


def _judged(run: RunState, view: View, user: str) -> Judged | None:
    if run.busy or not run.run_id:
        return None
    return Judged(run.labels, user, run.weights.coefficients, desk_of(run, view.labels_too))
