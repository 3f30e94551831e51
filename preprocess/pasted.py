"""Split pasted text into one text per resume. Tells separators from rules that decorate a resume."""

import re
from collections.abc import Collection

from preprocess.joining.pasted_people import NAME, NAME_LABEL, OPENING_KINDS, bare, resumes_in
from preprocess.lexicon.characters import CHINESE_NUMERALS
from preprocess.lexicon.headings import heading_kind

_HEADING = re.compile(
    rf"[\s#*>【\[]*((?:候选人|简历|candidate|resume)\s*(?:\d{{1,4}}|[{CHINESE_NUMERALS}]{{1,3}}|[a-z]))[\s】\]*]*[:：】\]](.*)",
    re.IGNORECASE,
)
_FRAGMENT = 30  # characters: shorter than any real resume
_LONG = 100  # characters: long enough to be one


def split(text: str) -> list[tuple[str, str]]:
    """Split pasted text into (name, text) per resume, blank ones dropped.

    If there are headings on lines of their own (`候选人1：`, `Candidate 2: …`, `【候选人3】`), only they separate; rules of dashes are then
    part of a resume. Without headings a line of three or more `-` or `=` separates, unless what follows cannot start a resume: a section
    heading (`工作经历`), if the first part starts otherwise, belongs to the part before; a fragment of under 30 characters beside long
    parts (a name over a rule, say) to the part after it. So a decorated resume stays in one piece; a resume of five words pasted between
    full ones needs a heading to stand alone. Without headings and rules it is one resume, unless `resumes_in` sees several people.
    """
    return [(_name(label, body) or f"粘贴 {number}", "\n".join(body)) for number, (label, body) in enumerate(_parts(text), 1)]


def has_separators(text: str) -> bool:
    """Return whether headings or rules stand in the text; several resumes without any were told apart by a guess."""
    lines = _lines(text)
    return any(map(_is_rule, lines)) or bool(_by_headings(lines))


def without(text: str, gone: Collection[int]) -> str:
    """Return pasted text without the resumes at the indexes `gone` of what `split` returns; the others split as before."""
    kept = [part for index, part in enumerate(_parts(text)) if index not in gone]
    return "\n---\n".join("\n".join([f"{label}：", *body] if label else body) for label, body in kept)


def _parts(text: str) -> list[tuple[str, list[str]]]:
    """Return (heading, lines) of each resume."""
    lines = _lines(text)
    parts = _by_headings(lines)
    if not parts:
        parts = [("", part) for part in (_by_rules if any(map(_is_rule, lines)) else resumes_in)(lines)]
    return [(label, body) for label, part in parts if (body := _trim(part))]


def _lines(text: str) -> list[str]:
    return re.split(r"\r\n|\r|\n", text)


def _by_headings(lines: list[str]) -> list[tuple[str, list[str]]]:
    """Return (heading, lines after it) per heading; text before the first goes with it, unless it is as long as a resume."""
    before: list[str] = []
    parts: list[tuple[str, list[str]]] = []
    for line in lines:
        match = _HEADING.match(line)
        if match:
            label = re.sub(r"(?<=[候选人简历])\s+", "", " ".join(match[1].split()))
            parts.append((label, [match[2].strip(" \t*】]")]))
        else:
            (parts[-1][1] if parts else before).append(line)
    if parts and _size(before) >= _FRAGMENT:
        parts.insert(0, ("", before))
    elif parts:
        parts[0][1].extend(before)  # at its end, where it cannot be taken for the person's name
    return parts


def _by_rules(lines: list[str]) -> list[list[str]]:
    """Cut the lines at the rules; each part but the first starts with its rule, so that joining parts gives the text back."""
    parts: list[list[str]] = [[]]
    for line in lines:
        if _is_rule(line):
            parts.append([])
        parts[-1].append(line)
    parts = [part for part in parts if _trim(part)]
    if parts and not _starts_section(parts[0]):
        parts = _joined(parts, [_starts_section(part) for part in parts])
    sizes = [_size(part) for part in parts]
    short = [size < _FRAGMENT for size in sizes]
    if len(parts) > 1 and sum(short) <= 2 * sum(size >= _LONG for size in sizes):  # else it is a list of very short profiles
        parts = _joined(parts, [False, *short[:-2], short[-2] or short[-1]])
    return parts


def _joined(parts: list[list[str]], joins: list[bool]) -> list[list[str]]:
    """Append each part that `joins` flags to the part before it."""
    result: list[list[str]] = []
    for part, join in zip(parts, joins, strict=True):
        if join and result:
            result[-1] += part
        else:
            result.append(part)
    return result


def _is_rule(line: str) -> bool:
    return re.fullmatch(r"-{3,}|={3,}", line.strip()) is not None


def _trim(part: list[str]) -> list[str]:
    """Return the part without blank lines and rules at both ends."""
    kept = [index for index, line in enumerate(part) if line.strip() and not _is_rule(line)]
    return part[kept[0] : kept[-1] + 1] if kept else []


def _size(part: list[str]) -> int:
    return sum(len("".join(line.split())) for line in part if not _is_rule(line))


def _starts_section(part: list[str]) -> bool:
    first = next(iter(_trim(part)), "")
    kinds = {heading_kind(first), heading_kind(re.split("[:：]", first, maxsplit=1)[0])}
    return bool(kinds - OPENING_KINDS - {None})


def _name(label: str, body: list[str]) -> str:
    """Return `候选人1 · 张三`, or as much of it as the text contains."""
    first = next((plain for line in body if (plain := bare(line)) and heading_kind(line) not in OPENING_KINDS), "")
    first = NAME_LABEL.sub("", first, count=1).strip()
    person = ""
    if heading_kind(first) is None:
        match = NAME.match(first)
        person = match[0] if match else first if len(first) <= 20 else ""
    return " · ".join(filter(None, (label, person)))
