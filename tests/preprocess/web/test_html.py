"""Web pages as people get them: their lines in reading order, what is hidden left out and quoted, whatever their charset or markup."""

import json
import random
from contextlib import suppress
from pathlib import Path

import pytest

from preprocess.document import Document, Unreadable
from preprocess.intake import collect
from preprocess.pipeline import read_documents
from preprocess.web.charset import html_text
from preprocess.web.html import page_of, read_html
from tests.data.formats.score import score
from tests.each import each
from tests.growth.clock import is_linear, thread_seconds

FORMATS = Path(__file__).parents[2] / "data" / "formats"
SAMPLES = {name: sample for name, sample in json.loads((FORMATS / "manifest.json").read_text("utf-8")).items() if sample["kind"] == "html"}
TEXT = "姓名：张三，熟悉 Java 与分布式系统，五年经验。"


def lines_of(markup: str) -> tuple[list[str], list[str]]:
    """Return the lines of a page that are seen, and the texts that are not."""
    page = page_of(markup)
    return page.lines, page.hidden


def text_of(document: Document) -> str:
    return document.text


def test_every_sample_is_read_as_a_user_gives_it() -> None:
    files, rejected = collect([FORMATS / "samples" / name for name in SAMPLES], 50, 20)
    assert not rejected and len(files) == 8
    for file, document in zip(files, read_documents(files), strict=True):
        sample = SAMPLES[file.name]
        assert isinstance(document, Document), document
        scores = score(sample["expect"], text_of(document), sample["never"])
        assert scores["recall"] >= 0.98 and scores["lines"] >= 0.95 and not scores["leaked"], (file.name, scores)


@each(
    "data",
    [
        f"<p>{TEXT}".encode(),
        f"<p>{TEXT}".encode("gbk"),
        f"<p>{TEXT}".encode("utf-16"),
        f"<p>{TEXT}".encode("utf-8-sig"),
        f"<meta charset=gb2312><p>{TEXT}龘".encode("gb18030"),
        f"<meta http-equiv=Content-Type content='text/html; charset=gbk'><p>{TEXT}".encode(),  # saved anew by an editor
        f"<meta charset=utf-8><p>{TEXT}".encode("gbk"),
        f"<meta charset=iso-8859-1><p>{TEXT}".encode("gbk"),
        f"<meta charset=utf-16><p>{TEXT}".encode(),
        f"<?xml version='1.0' encoding='GBK'?><html><p>{TEXT}</p></html>".encode("gbk"),
        b"<style>" + b" " * 9000 + f"</style><meta charset=GB18030><p>{TEXT}".encode("gbk"),
    ],
)
def test_charsets(data: bytes) -> None:
    assert lines_of(html_text(data))[0][0].removesuffix("龘") == TEXT


def test_the_charset_of_a_header_comes_before_that_of_the_page() -> None:
    assert html_text("<meta charset=gbk>簡靖雯的履歷".encode("big5"), "big5").endswith("簡靖雯的履歷")
    assert html_text("Иван Петров".encode("koi8-r"), "KOI8-R") == "Иван Петров"


@each(
    "markup, lines",
    [
        ("<h1>CV</h1>Anna<p>a<br>b<div>c<span>d</span> e</div>f", ["CV", "Anna", "a", "b", "cd e", "f"]),
        ("<ul><li><p>一</p><li>· 二<li></li></ul><ol><li>x<br>y</ol>z", ["- 一", "- 二", "- x", "y", "z"]),
        ("<table><tr><td>姓名<td>张三<td>性别<td>男<tr><th>学历：<td>本科</table>", ["姓名：张三  性别：男", "学历：本科"]),
        ("<table><tr><td><table><tr><td><table><tr><td>电话<td>139</table></table><td><p>甲<p>乙</table>", ["电话：139", "甲", "乙"]),
        ("<td>Java</td><td>五年</td>", ["Java", "五年"]),
        (
            "<div style='display:flex'>手机 <b>139</b></div><div style='display:flex'><span>姓名</span><span>张三</span></div>",
            ["手机：139", "姓名：张三"],
        ),
        ("<pre>a\n  b\n</pre><div style='white-space:pre-wrap'>c\nd</div>", ["a", "b", "c", "d"]),
        ("负责\r\n  订单\nJava\n项目", ["负责订单 Java 项目"]),
        ("a&nbsp;&nbsp;&nbsp;b &#150; &amp;lt;", ["a  b – &lt;"]),
        ("<p>姓名：<input value=张三> <select><option>男<option selected>女</select><textarea>a\nb</textarea>", ["姓名：张三 女a", "b"]),
        ("<input type=checkbox checked>Java <input type=radio>Go <input type=hidden value=x><button>Send</button>", ["☑Java ☐Go"]),
        ("<head><title>T</title></head><script>var a='<p>x</p>'</script><style>p{}</style><noscript>n</noscript>b", ["b"]),
        ("<template>x</template><template shadowmode=open><p>y</template>", ["y"]),
        (
            "<!--[if gte mso 9]><xml><w:View>Print</w:View></xml><![endif]--><p>a<!-- b --></p><!--[if !mso]><!-->c<!--<![endif]-->",
            ["a", "c"],
        ),
        (
            "<p class=MsoList><![if !supportLists]><span style='mso-list:Ignore'>Ø<span>  </span></span><![endif]>条目<o:p></o:p>",
            ["- 条目"],
        ),
        ("<h2><span style='mso-list:Ignore'>一、</span>工作经历</h2>", ["工作经历"]),
        ("", []),
        ("<!-- -->", []),
    ],
)
def test_lines(markup: str, lines: list[str]) -> None:
    assert lines_of(markup) == (lines, [])


def test_text_boxes_of_word_are_read_once() -> None:
    box = "<![if !mso]><table><tr><td><![endif]><p>盒中文字</p><![if !mso]></td></tr></table><![endif]>"
    drawing = f"<!--[if gte vml 1]><v:shape id=a><v:textbox style='x'>{box}</v:textbox></v:shape><![endif]-->"
    assert lines_of(f"<p>前</p>{drawing}<![if !vml]><img src=a.gif alt=文本框><![endif]><p>后</p>")[0] == ["前", "盒中文字", "后"]
    assert lines_of("<!--[if gte vml 1]><v:line/><![endif]--><![if !vml]><p>图</p><![endif]>")[0] == ["图"]


HIDING = [
    "<p style='display:none'>{}</p>",
    "<p style='DISPLAY : NONE !important; display:block'>{}</p>",
    "<p hidden>{}</p>",
    "<dialog>{}</dialog>",
    "<del>{}</del>",
    "<div style='visibility:hidden'><p>{}</p></div>",
    "<p style='font-size:0'>{}</p>",
    "<p style='font-size:1px'>{}</p>",
    "<p style='font:0/0 a'>{}</p>",
    "<div style='font-size:10px'><p style='font-size:.01em'>{}</p></div>",
    "<p style='opacity:.0'>{}</p>",
    "<p style='color:transparent'>{}</p>",
    "<p style='color:rgba(0,0,0,.02)'>{}</p>",
    "<font color=white>{}</font>",
    "<p style='color:#FEFEFE'>{}</p>",
    "<p style='color:hsl(0,0%,99%)'>{}</p>",
    "<table bgcolor=1F3864><tr><td style='color:rgb(31, 56, 100)'>{}</td></tr></table>",
    "<div style='background:black'><p>{}</p></div>",
    "<p style='position:absolute; left:-9999px'>{}</p>",
    "<p style='text-indent:-200em'>{}</p>",
    "<p style='transform:translate(-2000px, 0)'>{}</p>",
    "<p style='position:absolute;clip:rect(1px, 1px, 1px, 1px)'>{}</p>",
    "<p style='width:1px;height:1px;overflow:hidden'>{}</p>",
    "<p style='mso-hide:all'>{}</p>",
    "<style>.a{{display:none}}</style><p class='b a'>{}</p>",
    "<style>/* }} */ @import 'x'; @media screen {{ div.x > p#y, i {{ display:none }} }}</style><div class=x><p id=y>{}</p></div>",
    "<style><!-- .c .d {{ color:#fff }} --></style><div class=c><b><i class=d>{}</i></b></div>",
]
SHOWING = [
    "<div style='visibility:hidden'><p style='visibility:visible'>{}</p></div>",
    "<div style='font-size:0'><span style='font-size:14px'>{}</span></div>",
    "<div style='background:#1F3864'><font color=white>{}</font></div>",
    "<td background=a.png style='color:#fff'>{}</td>",
    "<p style='background:url(a.png);color:white'>{}</p>",
    "<p style='background:linear-gradient(red, blue);color:white'>{}</p>",
    "<p style='color:transparent;-webkit-background-clip:text;background:linear-gradient(red,blue)'>{}</p>",
    "<p style='color:windowtext;background:var(--x)'>{}</p>",
    "<p style='font-size:smaller;margin-left:-20px;opacity:0.9'>{}</p>",
    "<p style='overflow:hidden;height:20px;width:100%'>{}</p>",
    "<style>@media print {{ p{{display:none}} }} @media (max-width:600px) {{ p{{display:none}} }} p:hover{{display:none}}</style><p>{}</p>",
    "<style>p{{display:none}} .a{{display:block}}</style><p class=a>{}</p>",
    "<style>ul > p{{display:none}}</style><ul><li><p>{}</p></ul>",
    "<style>p{{display:none</style><p style='display:block'>{}</p>",
]


@each("markup", HIDING)
def test_hidden_text_is_left_out_and_quoted(markup: str) -> None:
    document = read_html(("<p>看得见</p>" + markup.format("藏起来的话")).encode(), "a.html")
    assert text_of(document) == "看得见"
    assert [(note.code, note.before, note.count) for note in document.notes] == [("hidden_text", "藏起来的话", 1)]


@each("markup", SHOWING)
def test_unusual_text_stays(markup: str) -> None:
    document = read_html(markup.format("看得见的话").encode(), "a.html")
    assert text_of(document).removeprefix("- ") == "看得见的话" and not document.notes


@each(
    "markup",
    ["<div>" * 300 + "x", "<p>" * 200_001, "<b>" * 255 + "x", "<style>" + "a{color:red}" * 20_001 + "</style>x"],
)
def test_what_is_too_large_is_refused(markup: str) -> None:
    with pytest.raises(Unreadable, match="too_complex"):
        read_html(markup.encode(), "a.html")


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b" \r\n\0"])
def test_an_empty_page(data: bytes) -> None:
    with suppress(Unreadable):
        assert not read_html(data, "a.html").pages


def test_changed_and_cut_pages_are_read_or_refused() -> None:
    chance = random.Random(1)
    originals = [(FORMATS / "samples" / name).read_bytes() for name in SAMPLES]
    for number in range(40):
        data = bytearray(originals[number % len(originals)])
        for _ in range(chance.randint(1, 30)):
            data[chance.randrange(len(data))] = chance.choice(b"<>\"'&;:{}-!/\0\xff[")
        with suppress(Unreadable):
            read_html(bytes(data[: chance.randrange(len(data))] if number % 2 else data), "a.html")


@pytest.mark.growth
@pytest.mark.parametrize(
    "piece", ["<!--", "<!--[if gte vml 1]>", "<v:textbox>", "<iframe ", "<?xml ", "<style>/*", "<style>{", "<tr><td>a", "中\n", "<p>a"]
)
def test_time_is_linear(piece: str) -> None:
    def read(count: int) -> None:
        with suppress(Unreadable):
            lines_of(piece * count)

    assert is_linear(lambda count: thread_seconds(lambda: read(count)), 5_000)


@each(
    "style, lines",
    [
        (".g{display:grid;grid-template-columns:repeat(2, 1fr)}", ["Java  Go", "Rust"]),
        (".g{display:flex}", ["Java  Go  Rust"]),
        (".g span{margin:0 12px}", ["Java Go Rust"]),
    ],
)
def test_boxes_side_by_side(style: str, lines: list[str]) -> None:
    assert lines_of(f"<style>{style}</style><div class=g><span>Java</span><span>Go</span><span>Rust</span></div>")[0] == lines


def test_a_period_in_the_last_cell_stands_behind_the_title() -> None:
    row = "<table><tr><td><p>Nurse, Bayou<p>Cared for children</td><td>2019 - 2021<br>New Orleans</td></tr></table>"
    assert lines_of(row)[0] == ["Nurse, Bayou  2019 - 2021", "New Orleans", "Cared for children"]


def test_texts_of_drawings_and_of_frames_are_read() -> None:
    svg = "<svg><title>x</title><g><text y=1>Redis</text><text>Go<tspan> and Rust</tspan><tspan y=9>C</tspan></text></g>{}</svg>"
    assert lines_of(f"<p>前</p>{svg.format('')}<p>后</p>") == (["前", "Redis", "Go and Rust", "C", "后"], [])
    ways = ["fill=white", "style='fill:#fff'", "display=none", "x=-9999", "fill=none", "opacity=0", "font-size=0.5"]
    unseen = "".join(f"<text {attribute}>secret {number}</text>" for number, attribute in enumerate(ways))
    lines, hidden = lines_of(f"<p>前</p>{svg.format(unseen)}")
    assert lines[-1] == "C" and hidden == [f"secret {number}" for number in range(7)]
    assert lines_of("<svg><path d='M0 0'/></svg><p>a<svg></svg>b</p>") == (["ab"], [])
    assert lines_of("<p>前</p><iframe srcdoc='<p>框 &amp;lt; &lt;b>MySQL&lt;/b></p>'></iframe>")[0] == ["前", "框 < MySQL"]
    assert lines_of('<iframe width="0" srcdoc="<p>secret</p>"></iframe><p>a</p>') == (["a"], ["secret"])


def test_what_follows_the_end_of_a_page_is_read() -> None:
    """Mails of several texts are such pages; browsers show all of them."""
    assert lines_of("<html><body><p>a</p></body></html>\n<html><body class=x><p>b</p></body></html>c") == (["a", "b", "c"], [])


NAME, LEFT, RIGHT = "<div class=n>张三</div>", "<div class=l>技能</div><div class=k>Kafka</div>", "<div class=r>工作经历</div>"


@each("markup", [RIGHT + LEFT + NAME, NAME + LEFT + RIGHT, LEFT + RIGHT + NAME])
def test_boxes_that_a_page_places_come_in_the_order_in_which_they_are_read(markup: str) -> None:
    style = """<style>.n,.l,.k,.r{position:absolute;left:0} .n{top:0;left:120px} .l{top:100px;width:200px} .k{top:140px;width:200px}
    .r{top:110px;left:220px}</style>"""
    assert lines_of(style + markup)[0] == ["张三", "技能", "Kafka", "工作经历"]
    assert lines_of(style + f"<div>{markup}<p>末</p></div>")[0] == ["张三", "技能", "Kafka", "工作经历", "末"]


def test_boxes_without_a_place_stay_where_they_are() -> None:
    assert lines_of("<div><p style='position:absolute'>b</p><p>a</p><p style='position:absolute;top:1px'>c</p></div>")[0] == ["b", "a", "c"]
