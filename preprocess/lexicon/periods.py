"""Find periods as resumes write them: 2019.03-至今, Mar 2019 – Present, 2016年3-10月, 2010–13, since May 2021, 入职时间…离职时间….

The dates of a text are paired where a joint stands between them; others begin or end a period by the words beside them (dates.toml).
`ranges` returns the pairs only, for those who ask what a line is made of. Knows nothing of work or study.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from preprocess.lexicon.characters import has_cjk
from preprocess.lexicon.date_forms import NOW, UNTIL_NOW, WORDS, any_word, fold_dates
from preprocess.lexicon.date_roles import ROLES_BEFORE, ROLES_BEHIND, is_labelled_otherwise, role_of
from preprocess.lexicon.dates import NEXT_YEAR, Date, find_dates
from preprocess.lexicon.told_periods import REACH, Period, in_order, told_periods

_GAP = 48
"""Characters between the two dates of a period, at most."""
_ASIDE = r"(?:\s?\([^()\d\n]{0,14}\))?"
_DASH = r"(?:-{1,4}>?|~{1,2}|→|_|…|\.{2,3}|一)"
_JOINT = re.compile(
    rf"[ \t,·)。.]{{0,3}}{_ASIDE}[ \t,·(]{{0,3}}(?:{any_word(WORDS['begins']['after'])})?"
    rf"(?:{_DASH}|{any_word(WORDS['joints']['words'])})[\s·()]{{0,4}}(?:{_DASH}\s?)?"
    r"(?:(?:about|around|approx\.?|the|early|late|expected|预计)[\s:：]{0,2})?"
    r"(?:(?:end|beginning|middle|start) of )?(?:[A-Za-z]{3,6}day,? )?",
    re.IGNORECASE,
)
_COLUMN_JOINT = re.compile(r"[ \t]{0,3}[/|｜][ \t]{0,3}| {2,6}|\t{1,3}")
_BACKWARDS = re.compile(r" {0,3}(?:←|<-{1,2}|<=) {0,3}")
_NOW_BACKWARDS = re.compile(rf"(?:{NOW}|{UNTIL_NOW}) {{0,3}}(?:←|<-{{1,2}}|<=|-|~) {{0,3}}$", re.IGNORECASE)
_AND = re.compile(r"\s{1,2}and\s{1,2}", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s{1,2}$", re.IGNORECASE)
_NOW = re.compile(
    rf"[ \t,·)。.]{{0,3}}{_ASIDE}[ \t,·(]{{0,3}}(?:{_DASH}|[/|｜])?[\s·()]{{0,3}}"
    rf"(?:{any_word(WORDS['joints']['words'])})?[\s·()]{{0,3}}(?:the\s)?"
    rf"(?:{any_word([*WORDS['ends']['now'], *WORDS['ends']['behind_joint']])})",
    re.IGNORECASE,
)
_UNTIL_NOW = re.compile(rf"[^\d\n;；。|｜]{{0,12}}?(?:{UNTIL_NOW})", re.IGNORECASE)
_OPEN_DASH = re.compile(rf" ?{_DASH}(?: {{0,3}}(?=$|[\n()|｜])| {{2,12}}(?=[^\d\s]))| ?~{{1,2}} (?=[^\d\s])")
_SHORT_YEAR = re.compile(r" ?(?P<mark>-|/|至|到|to) ?'?(?P<year>\d\d)(?:\s?年)?(?![\d/%月-]|[.,:]\d)", re.IGNORECASE)
_SHORT_MONTH = re.compile(rf" ?{_DASH} ?(?P<month>1[0-2]|0?[1-9])(?![\d/%年-]|[.,:]\d)")
_THAT_YEAR = re.compile("同年|当年|次年|翌年|第二年")
_YEAR_BEHIND = re.compile(r"\s?\((?:19|20)\d\d\)")
"""Behind the pages of a paper, its year: 27, 1990-1998 (2021)."""
_STREET = re.compile(r"(?: [A-Z][\w.]{0,20}){1,3}? (?:Blvd|Boulevard|Street|St|Avenue|Ave|Road|Rd|Lane|Drive|Way)\b")


def find_periods(text: str, today: date | None = None) -> list[Period]:
    """Return the periods of a text in their order. A lone end on a line that has a period of its own is none."""
    folded = fold_dates(text)
    dates = _dates(folded, today)
    paired = list(_pairs(folded, dates))
    used = {index for indexes, _ in paired for index in indexes}
    used |= {index for index in range(1, len(dates)) if _is_of_others(folded, dates[index - 1], dates[index])}
    singles = [mention for index, mention in enumerate(dates) if index not in used and mention.shape in ("full", "republic", "month")]
    periods = [period for _, period in paired]
    return sorted([*periods, *told_periods(folded, singles, periods)], key=lambda period: period.start)


def _is_of_others(text: str, first: Date, last: Date) -> bool:
    """Return whether a date ends what is no period: from SQL Server 2016 to 2019."""
    return _JOINT.fullmatch(text, first.end, last.start) is not None and role_of(text, first) == "others"


def ranges(text: str) -> list[Period]:
    """Return the periods of a text that are written as from … to …, or to now."""
    if not any(map(str.isdigit, text)) and "年" not in text:
        return []
    folded = fold_dates(text)
    return [period for _, period in _pairs(folded, _dates(folded, None))]


def is_range(text: str) -> bool:
    """Return whether a text is one period and nothing else."""
    return any(period.start == 0 and period.end == len(text) for period in ranges(text))


def _dates(folded: str, today: date | None) -> list[Date]:
    """The dates, each with the month that an aside behind it names: Fall 2016 (September)."""
    dates: list[Date] = []
    mentions = find_dates(folded, today or date.today())
    is_reversed = {mention.shape for mention in mentions if mention.is_reversed}
    for mention in mentions:
        last = dates[-1] if dates else None
        if (
            mention.shape == "month"
            and last
            and folded[last.end : mention.start].strip() == "("
            and folded[mention.end : mention.end + 1] == ")"
        ):
            dates[-1] = replace(last, month=mention.month, end=mention.end + 1)
        elif mention.shape == "month" and last and last.year > NEXT_YEAR and _THAT_YEAR.match(folded, mention.start):
            dates.append(replace(mention, year=last.year + (mention.year == NEXT_YEAR), shape="full"))
        elif mention.shape in is_reversed and mention.other:
            dates.append(_other_reading(mention))
        else:
            dates.append(mention)
    return dates


def _other_reading(mention: Date) -> Date:
    if not mention.other:
        return mention
    year, month = mention.other
    return replace(mention, year=year, month=month, other=(mention.year, mention.month or 1))


def _pairs(text: str, dates: Sequence[Date]) -> Iterator[tuple[tuple[int, ...], Period]]:
    """The periods from a date to a date or to now, each with the places of its dates among `dates`."""
    taken = -1
    for index, first in enumerate(dates):
        if index <= taken or role_of(text, first) == "others" or is_labelled_otherwise(text, first):
            continue
        following = dates[index + 1] if index + 1 < len(dates) else None
        if following and (pair := _joined(text, first, following) or _told_apart(text, first, following)):
            taken = index + 1
            yield (index, index + 1), Period(*pair, False, first.start, following.end)
        elif (end := _end_of_now(text, first, following)) is not None:
            yield (index,), Period(first, None, True, first.start, end)
        elif short := _short_end(text, first):
            if following and _JOINT.fullmatch(text[short[1].end : following.start]) and (later := _short_end(text, following)):
                taken = index + 1  # 2015/16 to 2018/19
                yield (index, index + 1), Period(short[0], later[1], False, first.start, later[1].end)
            else:
                yield (index,), Period(*short, False, first.start, short[1].end)


def _joined(text: str, first: Date, last: Date) -> tuple[Date, Date] | None:
    gap = text[first.end : last.start]
    if _BACKWARDS.fullmatch(gap):
        return (last, first) if in_order(last, first) else None
    if len(gap) > _GAP or first.shape == "month" == last.shape:
        return None
    is_school_year = gap == "/" and not (first.month or last.month) and last.year == first.year + 1
    is_column = is_school_year or _COLUMN_JOINT.fullmatch(gap) is not None
    is_between = _AND.fullmatch(gap) is not None and _BETWEEN.search(text, max(0, first.start - 12), first.start) is not None
    if not (
        _JOINT.fullmatch(gap) or is_between or (is_column and (is_school_year or (first.month and last.month)) and _alike(first, last))
    ):
        return None
    if first.month is None and last.month is None and (_STREET.match(text, last.end) or _YEAR_BEHIND.match(text, last.end)):
        return None
    if first.shape == "short" and last.shape == "full" and re.search(r"[A-Za-z]\.?\s\d{1,2}$", text[first.start : first.end]):
        first = replace(first, year=0, shape="month")  # June 15 - August 3, 2019
    if first.shape == "month":
        first = replace(first, year=last.year - ((first.month or 1) > (last.month or 12)), shape="full")
    elif last.shape == "month":
        is_next = last.year == NEXT_YEAR or (last.month or 12) < (first.month or 1)
        last = replace(last, year=first.year + is_next, shape="full")
    elif not _alike(first, last):
        return None
    return next((pair for pair in _readings(text, first, last) if in_order(*pair)), None)


def _told_apart(text: str, first: Date, last: Date) -> tuple[Date, Date] | None:
    """A beginning that would go on but for the end told of behind it: 2015年起，干到2021年."""
    is_near = last.start - first.end <= REACH
    is_told = is_near and ROLES_BEHIND["since"].match(text, first.end) and role_of(text, last) in ("graduates", "finishes")
    return (first, last) if is_told and "\n" not in text[first.end : last.start] and in_order(first, last) else None


def _alike(first: Date, last: Date) -> bool:
    """Return whether both are written in one way, as far as that matters: 03/19 is a date only beside 12/23."""
    shapes = {first.shape, last.shape}
    return (
        len(shapes) == 1 or shapes <= {"full", "republic", "compact"} or (shapes == {"short", "full"} and bool(first.month and last.month))
    )


def _readings(text: str, first: Date, last: Date) -> Iterator[tuple[Date, Date]]:
    """Both as they are and, of 03/04/2019 and 07/08, both the other way: of two digits in Chinese the year stands first."""
    readings = [(first, last)]
    if first.other or last.other:
        readings.append((_other_reading(first), _other_reading(last)))
        if first.shape == "short" and (has_cjk(text) or "." in text[first.start : first.end]) and first.other and last.other:
            readings.reverse()
    yield from readings


def _end_of_now(text: str, first: Date, following: Date | None) -> int | None:
    """Return where a period that goes on since `first` ends in the text, None for one that does not."""
    if first.shape == "month":
        return None
    is_sure = first.shape != "short" or first.month is not None
    limit = min(following.start if following else len(text), first.end + _GAP)
    ahead = ROLES_BEHIND["since"].match(text, first.end)
    if ahead and is_sure and not re.match(r"[至到止]", text[ahead.end() : ahead.end() + 1]):
        until = _UNTIL_NOW.match(text, ahead.end(), limit)
        return until.end() if until else ahead.end()
    if until := _UNTIL_NOW.match(text, first.end, limit) if is_sure else None:
        return until.end()
    if (now := _NOW.match(text, first.end, limit)) and now[0].strip(" ,·()"):
        is_joined = re.match(rf"[ ,·)]{{0,3}}(?:{_DASH}|[/|｜]|[至到a-z])", now[0], re.IGNORECASE) is not None
        return now.end() if is_joined or "(" in now[0] else None
    if is_sure and _NOW_BACKWARDS.search(text, max(0, first.start - 24), first.start):
        return first.end
    if first.shape == "full" and (dash := _OPEN_DASH.match(text, first.end)):
        return dash.end()
    if (is_sure or text[first.start] == "'") and ROLES_BEFORE["since"].search(text, max(0, first.start - 48), first.start):
        return first.end
    return None


def _short_end(text: str, first: Date) -> tuple[Date, Date] | None:
    """2010–13, 2014/15, 2016.3-10; in English also 2003–08, where it stands alone."""
    if first.shape != "full" or text[first.start].lower() == "f":  # FY2022-23 is a year of a budget
        return None
    century = first.year // 100 * 100
    written = text[first.start : first.end]
    if first.month is None:
        if (short := _SHORT_YEAR.match(text, first.end)) and not _STREET.match(text, short.end()):
            year = century + int(short["year"]) + (100 if century + int(short["year"]) < first.year else 0)
            if 0 < year - first.year <= (1 if short["mark"] == "/" else 45):
                return first, Date(year, None, short.start("year"), short.end())
    elif month := _SHORT_MONTH.match(text, first.end):
        if re.search(r"[.年]", written) and int(month["month"]) > first.month:
            return first, Date(first.year, int(month["month"]), month.start("month"), month.end())
    elif (years := re.fullmatch(r"\d{4}([-/])(\d\d)", written)) and not has_cjk(text) and role_of(text, first) is None:
        year = century + int(years[2]) + (100 if century + int(years[2]) < first.year else 0)
        if 0 < year - first.year <= (1 if years[1] == "/" else 45):
            return replace(first, month=None), Date(year, None, first.start + 5, first.end)
    return None
