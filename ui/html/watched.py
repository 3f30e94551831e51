"""Render the watched folders: how many new files each has for this pile, and what is wrong with it."""

import time

from markupsafe import Markup

from feedback.store.retention import DAY_S
from i18n.texts import Texts
from service.pile import Pile
from service.watched.watch import Watch
from ui.html.templates import rendered


def watched_html(pile: Pile, watch: Watch, words: Texts) -> Markup:
    """Return a line for each watched folder, with the button that adds its new files while none are being read."""
    now, taken = time.time(), pile.watched
    folders = []
    for number, folder in enumerate(watch.folders, start=1):
        problem = "silent" if watch.is_silent(folder) else folder.problem
        expired = folder.expired(now)
        said = [words(f"watched.{problem}")] if problem else []
        said += [words("watched.expired", count=expired, days=round(folder.retention_s / DAY_S))] if expired else []
        fresh = len(folder.fresh(taken, now))
        folders.append({"number": number, "name": folder.name, "fresh": fresh, "said": said})
    return rendered("watched", folders=folders, is_reading=pile.reading is not None, words=words)
