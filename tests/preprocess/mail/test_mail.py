"""Mails of all kinds as people get them: their body and attachments as files, or the body as one document."""

import base64
import binascii
import io
import json
import random
import struct
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from preprocess.document import Document, Rejected, Unreadable
from preprocess.intake import collect
from preprocess.mail import eml, mbox, msg
from preprocess.mail.body import read_mail, read_mbox, read_msg
from preprocess.mail.outlook_rtf import unpacked, wrapped_html
from preprocess.pipeline import read_documents
from tests.data.formats.score import score, squash
from tests.data.make_docx import zipped
from tests.data.make_msg import attachment, compound_file, message
from tests.data.make_pdf import text_pdf
from tests.each import each

FORMATS = Path(__file__).parents[2] / "data" / "formats"
SAMPLES = {
    name: sample
    for name, sample in json.loads((FORMATS / "manifest.json").read_text("utf-8")).items()
    if sample["kind"] in ("mht", "mail", "msg")
}
PERSON = "张三，后端工程师"
PDF = b"%PDF-1.7 of a resume"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def text_of(document: Document | Rejected) -> str:
    assert isinstance(document, Document), document
    return document.text


def part(content: bytes, *headers: str | bytes) -> bytes:
    lines = [header if isinstance(header, bytes) else header.encode() for header in headers]
    return b"\r\n".join([*lines, b"Content-Transfer-Encoding:base64", b"", base64.encodebytes(content)])


def mixed(*parts: bytes, kind: str = "mixed", boundary: str = "b1", head: bytes = b"Subject: CV\r\nMIME-Version: 1.0\r\n") -> bytes:
    top = head + f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'.encode()
    return top + b"".join(f"--{boundary}\r\n".encode() + part + b"\r\n" for part in parts) + f"--{boundary}--\r\n".encode()


def files(data: bytes, name: str = "cv.eml", reader: Any = eml) -> dict[str, bytes | str]:
    """Return the files of a mail: content by path, or the reason why it cannot be read."""
    members = reader.members(io.BytesIO(data), name)
    return {member.path: member.content if isinstance(member.content, bytes) else member.content.reason for member in members}


def text(*bodies: str) -> list[bytes]:
    return [b"\xef\xbb\xbf" + body.encode() for body in bodies]


def test_every_sample_is_read_as_a_user_gives_it() -> None:
    stored, rejected = collect([FORMATS / "samples" / name for name in SAMPLES], 50, 20)
    assert not rejected
    documents = {file.name: document for file, document in zip(stored, read_documents(stored), strict=True)}
    texts = [text_of(document) for document in documents.values() if isinstance(document, Document)]
    assert not any("SECRET" in text for text in texts)
    for name, sample in SAMPLES.items():
        expected = sample["expect"] if isinstance(sample["expect"], dict) else {"body": sample["expect"]}
        for path, lines in expected.items():
            if path.endswith(".rtf"):  # its own reader is tested elsewhere
                assert any(file.endswith(path.rpartition("/")[2]) for file in documents), path
                continue
            alike = [text for text in texts if squash(lines[0]) in squash(text)]
            best = max((score(lines, text) for text in alike), key=lambda scores: (scores["lines"], scores["recall"], scores["precision"]))
            assert best["recall"] >= 0.98 and best["lines"] >= 0.95 and best["precision"] >= 0.95, (name, path, best)
    origins = {file.name: file.origin for file in stored}
    assert (
        origins["转发 - body.txt"]
        != origins["zh1_unicode - body.txt"]
        == next(file.origin for file in stored if file.origin.endswith("/zh1_unicode") and file.name.endswith(".rtf"))
    )


ALTERNATIVES = mixed(
    part(b"plain", "Content-Type: text/plain"),
    part(f"<p>{PERSON}".encode("gbk"), "Content-Type:text/html;charset=gb2312"),
    kind="alternative",
    boundary="alt",
)


@each(
    "data, paths, contents",
    [
        (b"From: a\nSubject: b\n\n" + PERSON.encode("gbk"), ["cv.eml"], text(PERSON)),
        (ALTERNATIVES, ["cv.eml"], text(f"<p>{PERSON}")),
        (mixed(ALTERNATIVES, part(PDF, "Content-Type: application/pdf; name=a.pdf")), ["body.html", "a.pdf"], [*text(f"<p>{PERSON}"), PDF]),
        (mixed(part(b"x", "Content-Type: text/plain"), part(b"y", "Content-Type: text/plain")), ["cv.eml"], text("x\n\ny")),
        (
            mixed(part(b"a<b", "Content-Type: text/plain"), part(b"<p>y", "Content-Type: text/html")),
            ["cv.eml"],
            text("<pre>a&lt;b</pre>\n<p>y"),
        ),
        (mixed(part("您好<br>请查收".encode(), "Content-Type: text/html")), ["cv.eml"], text("<html><body>您好<br>请查收")),
        (mixed(part(PDF, "Content-Type: application/pdf")), ["attachment.pdf"], [PDF]),
        (mixed(part(PERSON.encode(), 'Content-Type: text/plain; name="resume.txt"')), ["resume.txt"], [PERSON.encode()]),
        (mixed(kind="mixed"), ["cv.eml"], ["no_text"]),
        (
            b"\n\n" + mixed(part(PERSON.encode(), "Content-Type: text/plain")).replace(b'boundary="b1"', b"boundary=zz"),
            ["cv.eml"],
            text(PERSON),
        ),
        (mixed(part(PERSON.encode(), "Content-Type: text/plain")).partition(b"\r\n\r\n")[2], ["cv.eml"], text(PERSON)),
        (mixed(part(PERSON.encode(), "Content-Type: text/plain"))[:-9], ["cv.eml"], text(PERSON)),
    ],
)
def test_body_and_attachments(data: bytes, paths: list[str], contents: list[bytes | str]) -> None:
    assert list(files(data).items()) == list(zip(paths, contents, strict=True))


@each(
    "header, name",
    [
        ("filename==?gb2312?B?xbfR9OPltKi88sD6LnBkZg==?=", "欧阳沐川简历.pdf"),
        ('filename="=?gb2312?B?xbfR9OPltA==?=\r\n =?gb2312?B?qLzywPoucGRm?="', "欧阳沐川简历.pdf"),
        ("filename*=UTF-8''%E5%BC%A0%E4%B8%89.pdf", "张三.pdf"),
        ("filename*=gbk''%D5%C5%C8%FD.pdf", "张三.pdf"),
        ("filename*0*=utf-8''%E5%BC%A0; filename*1*=%E4%B8%89; filename*2=.pdf", "张三.pdf"),
        ('filename="张三.pdf"'.encode("gbk"), "张三.pdf"),
        ('filename="张三.pdf"'.encode(), "张三.pdf"),
        ('filename="a/b\\\\c.pdf"', "a_b_c.pdf"),
        ('filename=".pdf"', "attachment-1.pdf"),
        ('filename=""; x=y', "attachment.pdf"),
        ("filename*=nonsense''%E5%BC%A0%E4%B8%89.pdf", "张三.pdf"),
        ("filename*x*=a; filename*=b", "b"),
    ],
)
def test_names_of_attachments(header: str | bytes, name: str) -> None:
    disposition = b"Content-Disposition: attachment; " + (header if isinstance(header, bytes) else header.encode())
    assert list(files(mixed(part(PDF, "Content-Type: application/pdf", disposition)))) == [name]


def test_mails_in_mails_have_folders_of_their_own() -> None:
    inner = mixed(part(PERSON.encode(), "Content-Type: text/plain"), part(PDF, "Content-Type: application/pdf; name=a.pdf"))
    plain = b"Subject: =?utf-8?B?5bqU6IGY?=\n\nhello"
    nested = [b"Content-Type: message/rfc822\r\n\r\n" + data for data in (inner, plain, inner)]
    coded = part(inner, "Content-Type: message/rfc822", 'Content-Disposition: attachment; filename="cv.eml"')
    data = mixed(*nested, coded, boundary="outer")
    folder = ["CV (2)", "应聘", "CV (3)", "cv (4)"]  # the mail itself is shown in a folder CV, as its file is called
    assert list(files(data, "CV.eml")) == [
        *(f"{folder[0]}/{name}" for name in ("body.txt", "a.pdf")),
        "应聘/应聘",
        *(f"{folder[2]}/{name}" for name in ("body.txt", "a.pdf")),
        *(f"{folder[3]}/{name}" for name in ("body.txt", "a.pdf")),
    ]


def test_what_is_no_file_to_read_is_passed_over() -> None:
    parts = [
        part(b"<p>" + PERSON.encode(), "Content-Type: text/html; charset=utf-8"),
        part(b"BEGIN:VCALENDAR", "Content-Type: text/calendar; name=a.ics"),
        part(b"BEGIN:VCARD", "Content-Type: application/octet-stream; name=a.vcf"),
        part(b"sealed", "Content-Type: application/pkcs7-signature; name=smime.p7s"),
        part(b"\x89PNG" + bytes(9000), "Content-Type: image/png; name=logo.png"),
        part(b"\xff\xd8\xff" + bytes(90_000), "Content-Type: image/jpeg; name=image001.jpg", "Content-ID: <image001.jpg>"),
        part(b"", "Content-Type: application/pdf; name=empty.pdf"),
    ]
    assert list(files(mixed(*parts))) == ["cv.eml"]
    scan = part(b"\xff\xd8\xff" + bytes(200_000), "Content-Type: image/jpeg; name=scan.jpg", "Content-ID: <x>")
    assert list(files(mixed(*parts, scan))) == ["body.html", "scan.jpg"]


def test_a_web_archive_is_one_file_with_the_frames_in_it() -> None:
    archive = mixed(
        part(
            b"<link rel=stylesheet href=a.css><p>top<b>unseen</b><iframe src='cid:frame-1@x'></iframe><IFRAME src=https://x/2></iframe>",
            "Content-Type: text/html",
            "Content-Location: x",
        ),
        part(b"p b{display:none}", "Content-Type: text/css", "Content-Location: a.css"),
        part(b"\xff\xd8\xff" + bytes(900_000), "Content-Type: image/jpeg", "Content-Location: a.jpg"),
        part(PERSON.encode("gbk"), "Content-Type: text/html; charset=gbk", "Content-ID: <frame-1@x>", "Content-Location: y"),
        part(b"<b>second", "Content-Type: text/html", "Content-Location: https://x/2"),
        kind="related",
    )
    assert list(files(archive, "51job_张三.doc")) == ["51job_张三.doc"]
    assert text_of(read_mail(archive, "a.mht")).split("\n") == ["top", PERSON, "second"]


def test_a_pdf_beside_a_page_in_one_mail_is_an_attachment() -> None:
    page = part(b"<p>see my CV", "Content-Type: text/html")
    assert list(files(mixed(page, part(PDF, "Content-Type: application/pdf; name=cv.pdf"), kind="related"))) == ["body.html", "cv.pdf"]


@each(
    "data, reason",
    [
        (mixed(part(b"x", "Content-Type: application/octet-stream"), kind="encrypted"), "encrypted_mail"),
        (part(b"x", "Subject: CV", "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m"), "encrypted_mail"),
        (b"Subject: CV\nMIME-Version: 1.0\n\n-----BEGIN PGP MESSAGE-----\n\nhQEMA", "encrypted_mail"),
        (mixed(*[part(b"x", "Content-Type: text/plain")] * 501), "too_complex"),
        (b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(30)) + b"\nx", "too_complex"),
        (b"Content-Type: message/rfc822\n\n" * 501 + b"x", "too_complex"),
    ],
)
def test_what_cannot_be_read_is_named(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        files(data)
    with pytest.raises(Unreadable, match=reason):
        read_mail(data, "cv.eml")


def test_winmail_and_encrypted_mails_within_are_named_and_the_rest_is_read() -> None:
    locked = b"Content-Type: message/rfc822\r\n\r\n" + mixed(part(b"x", "Content-Type: text/plain"), kind="encrypted", boundary="b2")
    winmail = part(b"\x78\x9f\x3e\x22", "Content-Type: application/ms-tnef; name=winmail.dat")
    contents = files(mixed(part(b"x", "Content-Type: text/plain"), winmail, locked, part(PDF, f"Content-Type: {WORD}; name=a.docx")))
    assert contents == {"body.txt": text("x")[0], "winmail.dat": "winmail", "CV": "encrypted_mail", "a.docx": PDF}


@each(
    "written, read",
    [
        ("看看\n\n> 张三\n> 工作经历\n>> 2019-2022 后端\n>\n", "看看\n\n张三\n工作经历\n2019-2022 后端\n\n"),
        ("a > b\n> 3 年\n>100 人", "a > b\n> 3 年\n>100 人"),  # too few to be a quotation
    ],
)
def test_marks_of_quotation_are_no_text(written: str, read: str) -> None:
    assert files(part(written.encode(), "Content-Type: text/plain; charset=utf-8")) == {"cv.eml": text(read)[0]}


def tnef(*attributes: tuple[int, bytes]) -> bytes:
    packed = b"".join(struct.pack("<BII", 2, kind, len(body)) + body + bytes(2) for kind, body in attributes)
    return b"\x78\x9f\x3e\x22\1\0" + packed


def test_files_that_outlook_packed_are_read() -> None:
    long_name = "简历.pdf".encode("utf-16-le") + bytes(2)
    named = struct.pack("<IHHII", 2, 3, 0x0E21, 7, 0)[:-4] + struct.pack("<HHII", 0x1F, 0x3707, 1, len(long_name)) + long_name
    first = ((0x69002, bytes(14)), (0x18010, b"JIANLI~1.PDF\0"), (0x6800F, PDF), (0x69005, named))
    second = ((0x69002, bytes(14)), (0x18010, "证书.docx".encode("gbk") + b"\0"), (0x6800F, b"PK"))
    winmail = tnef((0x69007, struct.pack("<II", 936, 0)), *first, *second)
    head = "Content-Type: application/ms-tnef; name=winmail.dat"
    assert files(mixed(part(winmail, head))) == {"简历.pdf": PDF, "证书.docx": b"PK"}
    cut_off = files(mixed(part(winmail[:-5], head)))
    assert cut_off == {"简历.pdf": PDF}
    endless = struct.pack("<IHHI", 1, 0x1003, 7, 0xFFFFFFFF)
    for packed in (tnef((0x18010, b"a")), tnef((0x69005, endless)), tnef((0x18010, b"winmail.dat\0"), (0x6800F, winmail))):
        assert files(mixed(part(packed, head))) == {"winmail.dat": "winmail"}


def test_as_a_user_gives_them(tmp_path: Path) -> None:
    mail = mixed(
        part(f"{PERSON}，简历见附件".encode("gbk"), "Content-Type: text/plain; charset=gb2312"),
        part(text_pdf([PERSON]), 'Content-Type: application/octet-stream; name="简历.pdf"'.encode("gbk")),
        part(b"\x78\x9f\x3e\x22", "Content-Type: application/ms-tnef; name=winmail.dat"),
        part(b"x", "Content-Type: application/x-msdownload; name=setup.exe"),
    )
    archive = mixed(part(f"<td>{PERSON}".encode("gbk"), "Content-Type: text/html; charset=gbk", "Content-Location: x"), kind="related")
    (tmp_path / "简历.txt").write_bytes(mail)
    (tmp_path / "猎聘.zip").write_bytes(zipped({"张三.mht": archive, "里面.eml": mail}))
    (tmp_path / "WINMAIL (1).DAT").write_bytes(b"\x78\x9f\x3e\x22\x01")
    stored, rejected = collect([tmp_path], 50, 20)
    names = [file.name for file in stored]
    assert sorted(names) == sorted(
        ["WINMAIL (1).DAT", "张三.mht", "里面 - body.txt", "简历 - body.txt", "里面 - 简历.pdf", "简历 - 简历.pdf"]
    )
    assert sorted((left.name, left.reason) for left in rejected) == [
        *(("简历 - " + name, reason) for name, reason in (("setup.exe", "unsupported_type"), ("winmail.dat", "winmail"))),
        *(("里面 - " + name, reason) for name, reason in (("setup.exe", "unsupported_type"), ("winmail.dat", "winmail"))),
    ]
    documents = dict(zip(names, read_documents(stored), strict=True))
    assert documents.pop("WINMAIL (1).DAT") == Rejected("WINMAIL (1).DAT", "winmail")
    assert all(PERSON in text_of(document) for document in documents.values())
    origins = {file.name: file.origin for file in stored}
    assert origins["里面 - body.txt"] == origins["里面 - 简历.pdf"] != origins["简历 - body.txt"] == origins["简历 - 简历.pdf"]


def test_a_mailbox() -> None:
    line = b"From a@b.c Mon Jul  3 09:39:26 2023\n"
    first = line + b"Subject: CV\n\nFrom 2015 to 2019 I worked\n\nFrom the sea, at 10:00\n>From here\n\n"
    box = first + line + mixed(part(PDF, "Content-Type: application/pdf; name=a.pdf")) + b"\n" + first
    assert files(box, "box.mbox", mbox) == {
        "CV/CV.txt": text("From 2015 to 2019 I worked\n\nFrom the sea, at 10:00\nFrom here\n\n")[0],
        "CV (2)/a.pdf": PDF,
        "CV (3)/CV (3).txt": text("From 2015 to 2019 I worked\n\nFrom the sea, at 10:00\nFrom here\n\n")[0],
    }
    assert len(read_mbox(first * 3, "x").pages) == 3


def wide(text: str) -> bytes:
    return text.encode("utf-16-le")


RTF = rb"{\rtf1\ansi\ansicpg936\fromhtml1 \deff0{\fonttbl{\f0 Arial;}}{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 \'d5\'c5\'c8\'fd"
RTF += rb"\u8212?x\htmlrtf\par}\htmlrtf0{\*\htmltag84 <i style='display:none'>}\htmlrtf {\v\htmlrtf0 hide\htmlrtf }\htmlrtf0"
RTF += rb"{\*\htmltag92 </i>}}"


def stored_rtf(rtf: bytes) -> bytes:
    return struct.pack("<IIII", len(rtf) + 12, len(rtf), 0x414C454D, 0) + rtf


def test_outlook_messages() -> None:
    inner = message({"0037001F": wide("内"), "1000001F": wide(PERSON)}, is_nested=True)
    tree = message(
        {"0037001E": "应聘".encode("gbk"), "1000001E": PERSON.encode("gbk")},
        attachment({"3707001E": "简历.pdf".encode("gbk"), "37010102": PDF}),
        attachment({"3001001F": wide("转发"), "370E001F": wide("message/rfc822")}, inner),
        attachment({"3704001F": wide("logo.png"), "37010102": b"\x89PNG" + bytes(30_000), "3712001F": wide("logo")}),
        attachment({"3707001F": wide("winmail.dat"), "37010102": b"\x78\x9f\x3e\x22"}),
        numbers={0x3FFD: 936},
    )
    assert files(compound_file(tree), "x.msg", msg) == {
        "body.txt": text(PERSON)[0],
        "简历.pdf": PDF,
        "转发/转发": text(PERSON)[0],
        "winmail.dat": "winmail",
    }


@each(
    "properties, numbers, lines",
    [
        ({"10130102": f"<p>{PERSON}".encode("gbk"), "1000001F": wide("x")}, {0x3FDE: 936}, [PERSON]),
        ({"1013001F": wide(f"<p>{PERSON}")}, {}, [PERSON]),
        ({"10090102": stored_rtf(RTF), "1000001F": wide("张三—xhide")}, {}, ["张三—x"]),
        ({"10090102": stored_rtf(b"{\\rtf1 x}"), "1000001F": wide("张三")}, {}, ["张三"]),
    ],
)
def test_bodies_of_outlook_messages(properties: dict[str, bytes], numbers: dict[int, int], lines: list[str]) -> None:
    document = read_msg(compound_file(message(properties, numbers=numbers)), "x.msg")
    assert text_of(document).split("\n") == lines


def test_a_body_in_rtf_only_is_a_file_of_its_own() -> None:
    data = compound_file(message({"10090102": stored_rtf(b"{\\rtf1 x}")}))
    assert files(data, "x.msg", msg) == {"x.msg": b"{\\rtf1 x}"}


def test_sealed_outlook_messages() -> None:
    sealed = message({"001A001F": wide("IPM.Note.SMIME")}, attachment({"37010102": b"x"}))
    with pytest.raises(Unreadable, match="encrypted_mail"):
        msg.read_msg(compound_file(sealed))
    signed = mixed(
        part(PERSON.encode(), "Content-Type: text/plain"), part(b"x", "Content-Type: application/pkcs7-signature"), kind="signed"
    )
    open_mail = message({"001A001F": wide("IPM.Note.SMIME.MultipartSigned")}, attachment({"37010102": signed}))
    assert files(compound_file(open_mail), "x.msg", msg) == {"x.msg": text(PERSON)[0]}


def test_compressed_rtf() -> None:
    packed = bytes.fromhex("2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0")
    assert unpacked(packed) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"  # the example of [MS-OXRTFCP]
    assert unpacked(packed[:30]) and not unpacked(b"x")
    assert wrapped_html(b"{\\rtf1 no page}") == ""
    with pytest.raises(Unreadable, match="too_complex"):
        unpacked(struct.pack("<IIII", 9, 999_000_000, 0x75465A4C, 0))


@pytest.mark.parametrize(
    ("read", "name"),
    [(read_mail, "zh2_word.mht"), (read_mail, "en1_forwarded.eml"), (read_mbox, "two.mbox"), (read_msg, "zh1_unicode.msg")],
)
def test_changed_and_cut_mails_are_read_or_refused(read: Any, name: str) -> None:
    original, chance = (FORMATS / "samples" / name).read_bytes(), random.Random(name)
    reader = {read_mail: eml, read_mbox: mbox, read_msg: msg}[read]
    for number in range(25):
        data = bytearray(original)
        for _ in range(chance.randint(1, 30)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        changed = bytes(data[: chance.randrange(len(data))] if number % 2 else data)
        with suppress(Unreadable):
            read(changed, name)
        with suppress(Unreadable):
            list(reader.members(io.BytesIO(changed), name))


def uuencoded(data: bytes, name: str) -> str:
    lines = [binascii.b2a_uu(data[start : start + 45]).decode() for start in range(0, len(data), 45)]
    return f"begin 644 {name}\n{''.join(lines)}`\nend\n"


def test_uuencoded_files_are_attachments() -> None:
    data = bytes(range(1, 256)) + b" " * 50
    head = "From: a@x.example\nSubject: CV\nMessage-ID: <1@x>\n\n"
    body = f"See my resume:\n{uuencoded(data, 'cv one.pdf')}Begin 644 greetings\nend\n"
    assert files((head + body).encode()) == {
        "body.txt": text("See my resume:\nBegin 644 greetings\nend\n")[0],
        "cv one.pdf": data,
    }
    trimmed = "\n".join(line.rstrip() for line in body.splitlines())
    assert files((head + trimmed).encode())["cv one.pdf"] == data
    damaged = head + "begin 644 cv.pdf\nM张三，后端工程师\nend\n"
    assert list(files(damaged.encode()).values()) == text("begin 644 cv.pdf\nM张三，后端工程师\nend\n")


def test_a_sentence_before_the_head_of_an_archive_is_none_of_it() -> None:
    data = b"This document is a web page.\r\n\r\n" + mixed(
        b"Content-Type: text/html\r\n\r\n<p>Zhang San</p>", kind="related", head=b"MIME-Version: 1.0\r\n"
    )
    assert read_mail(data, "cv.doc").text == "Zhang San"
