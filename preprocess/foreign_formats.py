"""List the formats that nothing here reads: their names, how their files begin, and the reason that tells people what to do instead."""

import re

from preprocess.document import Unreadable

_OWN_PROGRAM = {  # reason `export_it`
    "djvu": ("DjVu", ".djvu .djv"),
    "onenote": ("OneNote", ".one .onepkg .onetoc2"),
    "keynote": ("Keynote", ".key"),
    "numbers": ("Numbers", ".numbers"),
    "kindle": ("Kindle", ".mobi .azw .azw3 .prc .kfx"),
    "fictionbook": ("FictionBook", ".fb2"),
    "wordperfect": ("WordPerfect", ".wpd"),
    "photoshop": ("Photoshop", ".psd .psb"),
    "indesign": ("InDesign", ".indd .idml"),
    "illustrator": ("Illustrator", ".ai"),
    "coreldraw": ("CorelDRAW", ".cdr"),
    "cnki": ("CNKI CAJViewer", ".caj .kdh .nh"),
    "xmind": ("XMind", ".xmind"),
    "visio": ("Visio", ".vsd .vsdx"),
    "publisher": ("Publisher", ".pub"),
    "latex": ("LaTeX", ".tex"),
    "svg": ("SVG", ".svg .svgz"),
}
_SHORTCUTS = {"shortcut": ("", ".url .webloc .website .lnk .desktop")}  # reason `shortcut`
_GOOGLE = {"google": ("", ".gdoc .gsheet .gslides .gdraw .gform .gdlink")}  # reason `cloud_shortcut`
_NO_RESUMES = {"contact": ("vCard", ".vcf .vcard"), "calendar": ("iCalendar", ".ics .ifb")}  # reason `no_resume`
_RECORDINGS = {"recording": ("", ".mp4 .mov .m4v .avi .mkv .webm .wmv .flv .3gp .mp3 .m4a .wav .amr .aac .ogg .wma")}  # `recording`
_REASONS = {
    "export_it": _OWN_PROGRAM,
    "shortcut": _SHORTCUTS,
    "cloud_shortcut": _GOOGLE,
    "no_resume": _NO_RESUMES,
    "recording": _RECORDINGS,
}

_BEGINNINGS = {
    b"AT&TFORM": "djvu",
    bytes.fromhex("E4525C7B8CD8A74DAEB15378D02996D3"): "onenote",
    bytes.fromhex("4C0000000114020000000000C000000000000046"): "shortcut",
    bytes.fromhex("0606EDF5D81D46E5BD31EFE7FE74B71D"): "indesign",
    b"\xffWPC": "wordperfect",
    b"8BPS": "photoshop",
    b"CAJ\0": "cnki",
    b"KDH ": "cnki",
    b"ID3\x03": "recording",
    b"ID3\x04": "recording",
    b"\x1a\x45\xdf\xa3": "recording",
    b"#!AMR": "recording",
}
_BOOK = slice(60, 68)
_MOVIES = (b"isom", b"mp41", b"mp42", b"M4V ", b"M4A ", b"qt  ", b"avc1", b"iso2", b"3gp4", b"3gp5", b"MSNV")
_TEXTS = (
    (re.compile(rb"BEGIN:VCARD\s", re.IGNORECASE), "contact"),
    (re.compile(rb"BEGIN:VCALENDAR\s", re.IGNORECASE), "calendar"),
    (re.compile(rb"\[(?:InternetShortcut|Desktop Entry)\]\s", re.IGNORECASE), "shortcut"),
    (
        re.compile(rb"(?:<\?xml[^<>]{0,200}>\s*)?(?:<!DOCTYPE plist[^<>]{0,200}>\s*)?<plist[^<>]{0,100}>\s*<dict>\s*<key>URL</key>"),
        "shortcut",
    ),
    (re.compile(rb"\{\s*\"(?:url|doc_id|)\"\s*:[^{}]{0,2000}\"(?:doc_id|resource_id|resource_key|email)\"[^{}]{0,2000}\}\s*\Z"), "google"),
)


def foreign_kind(head: bytes) -> str:
    """Return which of these formats a file is in, by its first bytes; "" for none of them."""
    if kind := next((kind for beginning, kind in _BEGINNINGS.items() if head.startswith(beginning)), ""):
        return kind
    if head[_BOOK] in (b"BOOKMOBI", b"TEXtREAd"):
        return "kindle"
    return "recording" if head[4:8] == b"ftyp" and head[8:12] in _MOVIES else ""


def foreign_text_kind(plain: bytes) -> str:
    """Return which of these formats a text is in, by its first characters; "" for none of them."""
    return next((kind for beginning, kind in _TEXTS if beginning.match(plain)), "")


def is_foreign(extension: str) -> bool:
    """Return whether files with this extension (".key") are in one of these formats."""
    return extension in _BY_EXTENSION


def refusal(kind: str, extension: str = "") -> Unreadable | None:
    """Return why a file of this kind, or else with this extension, is not read; None if it is in none of these formats."""
    for reason, formats in _REASONS.items():
        for known, (name, extensions) in formats.items():
            if kind == known or extension in extensions.split():
                shown = extension if extension in extensions.split() else extensions.split()[0]
                return Unreadable(reason, f"{name} ({shown})" if name else shown)
    return None


_BY_EXTENSION = frozenset(
    extension for formats in _REASONS.values() for _, extensions in formats.values() for extension in extensions.split()
)
