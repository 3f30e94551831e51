"""Say when something happened as a person would, with the exact time beside it."""

from datetime import datetime, timedelta

from markupsafe import Markup

from i18n.texts import Texts
from ui.html.templates import rendered


def time_html(at: float, words: Texts) -> Markup:
    """Return the time element of Unix seconds: today and yesterday by these words, other days by their date."""
    when = datetime.fromtimestamp(at).astimezone()
    return rendered("time", when=when, said=said_at(at, words))


def zone_said(words: Texts) -> str:
    """Return in which zone the times of the page are: that of the server, which may not be the reader's."""
    zone = datetime.now().astimezone().strftime("%z")
    return words("times.zone", zone=f"UTC{zone[:3]}:{zone[3:5]}")


def said_at(at: float, words: Texts) -> str:
    """Return Unix seconds in the words of `time_words`, seen from now."""
    return time_words(datetime.fromtimestamp(at).astimezone(), datetime.now().astimezone(), words)


def time_words(when: datetime, now: datetime, words: Texts) -> str:
    """Return when something happened, seen from `now`; both in local time. A year is named if it is another one."""
    clock = when.strftime("%H:%M")
    for key, days in (("today", 0), ("yesterday", 1)):
        if when.date() == (now - timedelta(days=days)).date():
            return words(f"times.{key}", clock=clock)
    date = words("times.date", day=when.day, month=words("times.months").split()[when.month - 1])
    return words("times.this_year" if when.year == now.year else "times.other_year", date=date, clock=clock, year=when.year)
