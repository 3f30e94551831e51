"""Write RTF, HTML, mail, JSON, tables and text that must be refused or survived."""

from __future__ import annotations

import base64
import random
from collections.abc import Iterator

from .hostile_office import LAUGHS

_MAIL = "From: a@example.com\r\nSubject: resume\r\nMIME-Version: 1.0\r\n"


def _mail_in_mail(levels: int) -> bytes:
    opening = "".join("Content-Type: message/rfc822\r\n\r\n" for _ in range(levels))
    return (_MAIL + opening + "Content-Type: text/plain\r\n\r\ndeep\r\n").encode()


def _parts_in_parts(levels: int) -> bytes:
    opening = "".join(f'Content-Type: multipart/mixed; boundary="b{level}"\r\n\r\n--b{level}\r\n' for level in range(levels))
    return (_MAIL + opening + "Content-Type: text/plain\r\n\r\ndeep\r\n").encode()


def hostile_texts() -> Iterator[tuple[str, bytes]]:
    """Give the hostile text formats."""
    yield from _rich_and_web()
    part = "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n"
    yield "eml_10000_parts.eml", (_MAIL + 'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + part * 10000 + "--b--\r\n").encode()
    yield "eml_mail_in_mail.eml", _mail_in_mail(20000)
    yield "eml_parts_in_parts.eml", _parts_in_parts(8000)
    yield "eml_no_boundary.eml", (_MAIL + "Content-Type: multipart/mixed\r\n\r\n--\r\n" * 2000).encode()
    yield "eml_giant_header.eml", (_MAIL + "X-Long: " + "=?utf-8?B?5a2X?= " * 90000 + "\r\n\r\nbody").encode()
    dashes = "-" * 900_000
    yield "mht_endless_boundary.mht", f'{_MAIL}Content-Type: multipart/related; boundary="{dashes}"\r\n\r\n{dashes}'.encode()
    yield "json_500000_deep.json", b"[" * 500000
    yield "json_closed_nest.json", b'{"basics":' * 90000 + b"1" + b"}" * 90000
    yield "json_giant_number.json", b'{"basics": {"name": ' + b"9" * 1_000_000 + b', "label": NaN, "email": 1e999999999}}'
    yield "csv_million_columns.csv", b"name" + b"," * 1_000_000 + b"\n" + b"x" + b"," * 500_000
    yield "csv_quote_never_closed.csv", b'name,job\n"' + b"a,b\n" * 400_000
    yield "txt_empty.txt", b""
    yield "docx_empty.docx", b""
    yield "pdf_empty.pdf", b""
    yield "txt_nul_bytes.txt", bytes(500_000)
    yield "txt_random_bytes.txt", random.Random(1).randbytes(300_000)
    yield "txt_one_endless_line.txt", b"experience" * 150_000
    yield "txt_half_a_character.txt", ("简历" * 1000).encode("utf-16")[:-1]
    yield "txt_piled_accents.txt", ("e" + "\u0301" * 300_000 + "\u202e\u200b\ufeff" * 20_000).encode()
    yield "markdown_brackets.md", b"[" * 200_000 + b"](" * 100_000 + b">" * 100_000 + b"*" * 100_000 + b"`" * 99_999
    yield "docx_is_a_program.docx", b"MZ\x90\0\3\0\0\0" + bytes(2000) + b"This program cannot be run in DOS mode."
    yield "pdf_is_a_picture.pdf", base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")


def _rich_and_web() -> Iterator[tuple[str, bytes]]:
    yield "rtf_endless_groups.rtf", b"{\\rtf1\\ansi " + b"{" * 1_500_000
    yield "rtf_groups_opened_and_closed.rtf", b"{\\rtf1\\ansi " + b"{\\b " * 200_000 + b"deep" + b"}" * 200_001
    yield "rtf_too_many_closings.rtf", b"{\\rtf1 resume" + b"}" * 500_000
    yield "rtf_binary_of_two_gigabytes.rtf", b"{\\rtf1\\ansi{\\pict\\bin2147483647 abc}\\bin-5 x}"
    yield "rtf_absurd_numbers.rtf", b"{\\rtf1\\ansi\\uc2000000000 \\u99999999999?\\u-99999? \\'zz\\'" + b"\\fs" + b"9" * 200_000 + b" a}"
    yield "rtf_90000_cells.rtf", b"{\\rtf1\\ansi\\trowd" + b"\\cellx9" * 90_000 + b"\\intbl x\\cell" * 90_000 + b"\\row}"
    yield "rtf_only_markup.rtf", b"{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}\\pard\\par\\par}"
    yield "html_200000_deep.html", b"<html><body>" + b"<div>" * 200_000 + b"deep"
    yield "html_tables_20000_deep.html", b"<table><tr><td>" * 20_000 + b"deep" + b"</td></tr></table>" * 20_000
    yield "html_only_markup.html", b"<!DOCTYPE html><html><head><script>var a='<p>'</script></head><body><br><hr></body></html>"
    yield "html_quote_never_closed.html", b'<html><body><p title="' + b"a>b<c " * 250_000
    yield "html_impossible_characters.html", b"<p>" + b"&#x110000;&#99999999999;&#xD800;&#0;&nosuch;" * 20_000
    table = b"<table><tr><td colspan=1000000000 rowspan=1000000000>x</td><td colspan=-1>y</td></tr></table>"
    yield "html_billion_columns.html", table * 200
    yield "html_comment_never_closed.html", b"<html><!--" + b"<!-- -" * 200_000
    yield "fodt_entities.fodt", f'<?xml version="1.0"?>{LAUGHS}<d>&a11;</d>'.encode()
    long = b'<!DOCTYPE d [<!ENTITY a "' + b"a" * 60_000 + b'">]><d>' + b"&a;" * 60_000 + b"</d>"
    yield "fodt_quadratic_entity.fodt", b'<?xml version="1.0"?>' + long
