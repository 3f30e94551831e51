"""Read text and Markdown files: detect the encoding, also of very short Chinese texts, and refuse what is not text."""

import re
from collections import Counter
from dataclasses import replace
from itertools import groupby

from preprocess.document import Document, Line, Note, Page, Unreadable, quote_notes

BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe\x00\x00", "utf-32-le"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_GUESSES = ("gb18030", "utf-8", "big5hkscs", "cp1252", "utf-16-le", "utf-16-be")  # of equally likely ones the first is taken
_SAMPLE = 65_536  # bytes that the encoding is judged by; even, for UTF-16
_MIN_LIKELIHOOD = 0.6  # measured: text 0.98 on average in its own encoding, 2,000 random bytes at most 0.44 in any
_MAX_CONTROLS = 0.1  # share of control characters in otherwise valid UTF-8

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufeff\ufffe\uffff]")
_NEWLINE = re.compile(r"\r\n|[\r\n\v\x85\u2028\u2029]")
_BASE64 = re.compile(r"(?=.*[A-Z])(?=.*[a-z])[A-Za-z0-9+/=]{60,}")
_END_OF_BASE64 = re.compile(r"[A-Za-z0-9+/]{2,58}={1,2}|(?=.*\d)(?=.*[A-Z])(?=.*[a-z])[A-Za-z0-9+/]{4,59}")
_MIN_BASE64 = 3  # lines, each of 60 characters or more without a blank


def _rows(first: int, last: int, encoding: str) -> str:
    """Return the characters of a double-byte character set whose first byte is from `first` to `last`."""
    trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    return bytes(byte for lead in range(first, last + 1) for trail in trails for byte in (lead, trail)).decode(encoding, errors="ignore")


# The two standards put their 3,755 and 5,401 everyday characters first; a text decoded wrongly is full of rare ones.
_USUAL = frozenset(
    "\t\n\f\r"
    + "".join(map(chr, [*range(0x20, 0x7F), *range(0xFF01, 0xFF5F)]))
    + _rows(0xB0, 0xD7, "gb2312")
    + _rows(0xA4, 0xC6, "big5")
    + "　、。〈〉《》「」『』【】〔〕·—–…‘’“”•●○■□◆◇★☆▪→√×℃①②③④⑤⑥⑦⑧⑨⑩"
    + "éèêëàâäöüßñçóíáúæøåÉÖÜ®©™°€"
)

# Heading marks, links and images, bold, italics and code of Markdown; each pattern looks at one line only and never backtracks over it.
_MARKDOWN = (
    (re.compile(r"^ {0,3}#{1,6}[ \t]+"), ""),
    (re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)"), r"\1"),
    (re.compile(r"\*\*([^*]+)\*\*"), r"\1"),
    (re.compile(r"(?<![\w*\\])\*(?=[^\s*])([^*]{1,300})(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<!`)`([^`]{1,300})`(?!`)"), r"\1"),
)
_COMMENT = ("<!--", "-->")


def read_text(data: bytes, name: str) -> Document:
    """Decode a text file: a Line per line (empty ones kept, they separate paragraphs), a Page per form feed.

    In .md and .markdown files the marks of headings, emphasis, code and links are removed, and comments as hidden text. Files written in
    base64, which no person reads, are left out of the text. Raises Unreadable: `empty_file`, `not_text`.
    """
    if not data.strip(b"\0\t\n\f\r "):
        raise Unreadable("empty_file")
    text, removed = without_base64(decode(data))
    if removed and not text.strip():
        raise Unreadable("not_text")
    is_markdown = name.lower().endswith((".md", ".markdown"))
    text, comments = _without_comments(text) if is_markdown else (text, [])
    document = _document(text, name, is_markdown)
    notes = [*([Note("base64_removed", count=removed)] if removed else []), *quote_notes("hidden_text", comments)]
    return replace(document, notes=(*document.notes, *notes)) if notes else document


def without_base64(text: str) -> tuple[str, int]:
    """Return the text without files written in base64 in it, and how many lines that were."""
    lines = text.split("\n")
    is_base64 = [bool(_BASE64.fullmatch(line.strip())) for line in lines]
    if sum(is_base64) < _MIN_BASE64:
        return text, 0
    kept: list[str] = []
    number = removed = 0
    for is_file, run in groupby(is_base64):
        first, number = number, number + len(list(run))
        if not is_file or number - first < _MIN_BASE64:
            kept += lines[first:number]
            continue
        removed += number - first
        if number < len(lines) and _END_OF_BASE64.fullmatch(lines[number].strip()):
            lines[number] = ""
            removed += 1
    return "\n".join(kept), removed


def _without_comments(text: str) -> tuple[str, list[str]]:
    """Return Markdown without its comments, which nobody sees, and these; one that is not closed is none. Linear."""
    kept: list[str] = []
    comments: list[str] = []
    end = 0
    while (start := text.find(_COMMENT[0], end)) >= 0 and (close := text.find(_COMMENT[1], start)) >= 0:
        kept.append(text[end:start])
        comments.append(text[start + len(_COMMENT[0]) : close].strip())
        end = close + len(_COMMENT[1])
    return "".join([*kept, text[end:]]), [comment for comment in comments if comment]


def pasted_document(text: str, name: str) -> Document:
    """Return typed or pasted text as a Document of the same shape. It is text, whatever it begins with.

    Linear in its length, without parsing, so it needs no guarded process. Raises Unreadable `empty_file`.
    """
    if not text.strip():
        raise Unreadable("empty_file")
    return _document(text.encode("utf-8", errors="replace").decode(), name)


def _document(text: str, name: str, is_markdown: bool = False) -> Document:
    lost = text.count("\ufffd")
    pages = [_NEWLINE.split(page) for page in _CONTROL.sub("", text).replace("\ufffd", "").split("\f")]
    if is_markdown:
        pages = [[_plain(line) for line in lines] for lines in pages]
    kept = tuple(Page(tuple(Line(line.rstrip()) for line in lines)) for lines in pages if any(line.strip() for line in lines))
    return Document(name, "text", kept, (Note("undecodable", count=lost),) if lost else ())


def decode(data: bytes) -> str:
    """Decode UTF-8, UTF-16, GB18030, Big5 or Windows-1252, with or without a byte order mark; invalid bytes become U+FFFD.

    Raises Unreadable `not_text` for binary content.
    """
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    if b"\0" not in data:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            if len(_CONTROL.findall(text)) > _MAX_CONTROLS * len(text):
                raise Unreadable("not_text")
            return text
    sample = data[:_SAMPLE]
    likelihoods = {encoding: _likelihood(sample.decode(encoding, errors="replace")) for encoding in _GUESSES}
    best = max(_GUESSES, key=likelihoods.__getitem__)
    if likelihoods[best] < _MIN_LIKELIHOOD:
        raise Unreadable("not_text")
    return data.decode(best, errors="replace")


def _likelihood(text: str) -> float:
    """Return how plausible decoded text is, −1 to 1: the mean over its characters of 1 (usual), 0 (rare), −1 (impossible)."""
    counts = Counter(text)
    return sum(_weight(character) * count for character, count in counts.items()) / max(1, len(text))


def _weight(character: str) -> int:
    if character in _USUAL:
        return 1
    impossible = character == "\ufffd" or "\ue000" <= character <= "\uf8ff" or _CONTROL.match(character)
    return -1 if impossible else 0


def _plain(line: str) -> str:
    for pattern, replacement in _MARKDOWN:
        line = pattern.sub(replacement, line)
    return line
