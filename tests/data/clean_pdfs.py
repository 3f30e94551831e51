"""Generate resumes as PDFs whose clean text is known: seeded, with headers, footers, page numbers, watermarks, wraps, columns, grids.

What is drawn is chosen without a look at the cleaning rules: wording, places, sizes and page counts vary by seed. The bodies hold lines
that look like boilerplate and are not: the same bullet on every page, lines that differ only in digits, bare numbers and dates, a project
called "Page 3", tables of numbers, dashes and C++ inside sentences.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from reportlab.pdfbase import pdfmetrics

from tests.data.make_pdf import HEIGHT, SONG, WIDTH, Sheet, make_pdf

LAYOUTS = ("single", "two_columns", "grid", "side_bar")


@dataclass
class CleanPdf:
    """A PDF; the lines that a person would copy from it, in reading order; and what was drawn besides, every copy of it."""

    name: str
    data: bytes
    lines: list[str]
    kept_once: set[str] = field(default_factory=set)
    """Texts of headers and footers (without page numbers), of which one copy may stay."""
    removed: list[str] = field(default_factory=list)
    """Every copy of a header, footer, page number and watermark that was drawn."""
    heights: list[float] = field(default_factory=list)
    """Where in the margins something is drawn already."""


_ZH = {
    "verb": ["负责", "主导", "参与", "设计并实现", "推动", "重构", "独立完成", "维护", "从零搭建", "优化"],
    "object": [
        "订单系统的核心链路",
        "推荐召回与排序服务",
        "基于Kafka的实时数据管道",
        "支付网关",
        "内部DevOps平台",
        "用户画像标签体系",
        "多租户权限模型",
        "分布式任务调度框架",
        "风控规则引擎",
        "面向商家的数据看板",
        "跨机房容灾方案",
        "搜索索引构建流程",
    ],
    "result": [
        "日均处理请求两千万次",
        "接口平均延迟下降百分之四十",
        "上线两年没有发生过重大事故",
        "支撑了三个事业部的增长",
        "研发效率提升约一倍",
        "为公司节省了大量服务器成本",
        "相关经验在部门内做过两次分享",
        "获得年度优秀项目",
        "覆盖了全国三十多个城市",
        "代码评审与测试覆盖率均达到团队要求",
    ],
    "tool": ["Java", "Go", "Python", "C++", "Spring-Boot", "MySQL", "Redis", "Kubernetes", "Elasticsearch", "Flink"],
    "company": ["云图科技", "北辰数据", "青木信息技术有限公司", "南山智能", "海纳软件"],
    "title": ["高级后端工程师", "数据开发工程师", "算法工程师", "技术负责人", "测试开发工程师"],
    "heading": ["工作经历", "项目经验", "教育背景", "专业技能", "自我评价", "获奖情况"],
    "label": ["主要职责", "技术栈", "项目描述", "业绩", "团队规模"],
}
_EN = {
    "verb": ["Led", "Built", "Designed", "Maintained", "Rewrote", "Owned", "Shipped", "Scaled"],
    "object": [
        "the order pipeline of a large marketplace",
        "a real-time feature store in C++ and Go",
        "an internal deployment platform on Kubernetes",
        "the fraud detection rules engine",
        "search indexing for two hundred million documents",
        "a multi-tenant permission model",
    ],
    "result": [
        "cutting the average latency by forty percent",
        "which now serves every team of the company",
        "with a small team of engineers across three offices",
        "and kept it running without a major incident for two years",
        "saving a considerable amount of infrastructure cost",
        "while mentoring new colleagues and writing the documentation",
    ],
    "tool": ["Java", "Go", "Python", "C++", "PostgreSQL", "Redis", "Kafka", "Terraform", "React"],
    "company": ["Northwind Systems", "Blue Harbor Labs", "Acme Data", "Riverstone Software"],
    "title": ["Senior Backend Engineer", "Data Engineer", "Staff Engineer", "Machine Learning Engineer"],
    "heading": ["Work Experience", "Projects", "Education", "Technical Skills", "Awards"],
    "label": ["Responsibilities", "Stack", "Summary", "Team size"],
}
_HEADERS = {
    "zh": [
        "{name}的个人简历",
        "个人简历 - {name} - {title}",
        "{name} | 138{digits} | {name}@example.com",
        "机密文件 请勿外传",
        "{company}人才库",
    ],
    "en": ["{name} - Resume", "Curriculum Vitae of {name}", "{name} | +1 415 555 {digits}", "Confidential", "Talent pool of {company}"],
}
_STAMPS = {
    "zh": ["简历来自：智联招聘", "BOSS直聘 推荐简历"],
    "en": ["Downloaded from jobs.example", "Resume provided by TalentHub - confidential"],
}
_NUMBERS = {
    "zh": ["第 {n} 页 共 {m} 页", "第{n}页/共{m}页", "第{n}页", "- {n} -", "{n}/{m}", "{n}", "{n} / {m}"],
    "en": ["Page {n} of {m}", "Page {n}", "{n}/{m}", "- {n} -", "{n}", "{n} of {m}"],
}
_WATERMARKS = {
    "zh": ["内部资料", "BOSS直聘", "智联招聘 简历编号JM{digits}", "仅供招聘使用"],
    "en": ["CONFIDENTIAL", "Downloaded from jobs.example", "DRAFT COPY"],
}


class _Writer:
    """Fills columns on pages, from the top down, and remembers the lines in reading order."""

    def __init__(self, rng: random.Random, language: str, font: str):
        self.rng, self.zh, self.font = rng, language == "zh", font
        self.size = rng.choice([9, 9.5, 10, 10.5, 11, 12])
        self.leading = self.size * rng.uniform(1.25, 1.7)
        self.top, self.bottom = rng.uniform(58, 95), HEIGHT - rng.uniform(58, 95)
        self.left = rng.uniform(40, 85)
        self.right = WIDTH - self.left
        self.spaced = rng.random() < 0.3
        self.rule = rng.choice(["-" * 30, "=" * 24, "·" * 40, "*" * 20, "—" * 14, "=-" * 12]) if rng.random() < 0.25 else ""
        self.rules: list[str] = []
        self.drawn: list[tuple[int, float, float, str, float]] = []
        self.lines: list[str] = []

    def column(self, page: int, x0: float, x1: float, y: float, contents: Iterator[tuple[str, str]]) -> None:
        """Fill a column with contents: a kind (heading, item, row, line) and a text, whose cells are parted by two spaces."""
        while y < self.bottom - 6 * self.leading:
            kind, text = next(contents)
            self.lines.append(text)
            if kind == "heading":
                y += 0.5 * self.leading
                self.put(page, x0, y, " ".join(text) if self.spaced and self.zh else text, self.size * 1.25)
                y += 1.25 * self.leading
                if self.rule:
                    self.put(page, x0, y - 0.4 * self.leading, self.rule, self.size)
                    self.rules.append(self.rule)
                    y += 0.6 * self.leading
            elif kind == "row":
                cells = text.split("  ")
                for index, cell in enumerate(cells):
                    self.put(page, x0 + index * (x1 - x0) / len(cells), y, cell, self.size)
                y += self.leading
            else:
                y = self.prose(page, x0, x1, y, text, kind) + self.rng.choice([0, 0.15]) * self.leading

    def prose(self, page: int, x0: float, x1: float, y: float, text: str, kind: str) -> float:
        bullet = text[:2] if kind == "item" else ""
        hang = pdfmetrics.stringWidth(bullet, self.font, self.size)
        for index, line in enumerate(self.wrap(text[len(bullet) :], x1 - x0 - hang)):
            self.put(page, x0 + (hang if index else 0), y, line if index else bullet + line, self.size)
            y += self.leading
        return y

    def wrap(self, text: str, room: float) -> Iterator[str]:
        line = ""
        for word in _units(text) if self.zh else [word + " " for word in text.split(" ")]:
            if line and pdfmetrics.stringWidth((line + word).rstrip(), self.font, self.size) > room and word not in "，。；、":
                yield line.rstrip()
                line = ""
            line += word
        yield line.rstrip()

    def put(self, page: int, x: float, y: float, text: str, size: float) -> None:
        self.drawn.append((page, x, y, text, size))


def _units(text: str) -> Iterator[str]:
    """Yield Chinese characters one by one, Latin words whole."""
    word = ""
    for character in text:
        if character.isascii() and not character.isspace():
            word += character
            continue
        if word:
            yield word
        word = ""
        yield character
    if word:
        yield word


def clean_pdf(seed: int, layout: str, language: str) -> CleanPdf:
    """Return one resume of two to five pages. Different seeds differ in everything but layout and language."""
    rng = random.Random(f"{seed} {layout} {language}")
    font = SONG if language == "zh" else "Helvetica"
    writer = _Writer(rng, language, font)
    pages = rng.randint(2, 5)
    for page in range(pages):
        _fill_page(writer, page, layout, _contents(rng, language))
    result = CleanPdf(f"{layout}-{language}-{seed}", b"", writer.lines, removed=writer.rules)
    margin_drawings = [
        draw for add in (_header, _header, _page_number, _watermark, _stamp) if (draw := add(rng, language, pages, writer, result))
    ]
    under = rng.random() < 0.5

    def sheet_of(page: int) -> Callable[[Sheet], None]:
        def draw(sheet: Sheet) -> None:
            if under:
                for drawing in margin_drawings:
                    drawing(page, sheet)
            body = [entry for entry in writer.drawn if entry[0] == page]
            if rng.random() < 0.3:  # drawn row by row, as some converters do
                body.sort(key=lambda entry: (entry[2], entry[1]))
            for _, x, y, text, size in body:
                sheet.text(x, y, text, size)
            if not under:
                for drawing in margin_drawings:
                    drawing(page, sheet)

        return draw

    result.data = make_pdf(*(sheet_of(page) for page in range(pages)), font=font)
    return result


def _fill_page(writer: _Writer, page: int, layout: str, contents: Iterator[tuple[str, str]]) -> None:
    y = writer.top
    rng = writer.rng
    if page == 0:
        name = "欧阳明远" if writer.zh else "Jordan Ellis"
        writer.put(page, writer.left, y + 8, name, 20)
        writer.lines.append(name)
        y += 36
    if layout == "grid" and page == 0:
        for left, right in _grid(rng, writer.zh):
            writer.put(page, writer.left, y, left, writer.size)
            writer.put(page, (writer.left + writer.right) / 2 + 15, y, right, writer.size)
            writer.lines.append(f"{left}  {right}")
            y += writer.leading * 1.1
        y += writer.leading
    if layout == "two_columns":
        middle, gutter = WIDTH / 2, rng.uniform(18, 30)
        writer.column(page, writer.left, middle - gutter / 2, y, contents)
        writer.column(page, middle + gutter / 2, writer.right, y + rng.choice([0, 3]), contents)
    elif layout == "side_bar":
        for index, text in enumerate(_side_bar(rng, writer.zh)):
            writer.put(page, writer.left, y + index * writer.leading, text, writer.size)
            writer.lines.append(text)
        writer.column(page, writer.left + 150, writer.right, y, contents)
    else:
        writer.column(page, writer.left, writer.right, y, contents)


def _grid(rng: random.Random, zh: bool) -> list[tuple[str, str]]:
    phone = f"138{rng.randrange(10**7, 10**8)}"
    if zh:
        cells = [
            "姓名：欧阳明远",
            f"电话：{phone}",
            f"年龄：{rng.randint(24, 45)}岁",
            "邮箱：ming@example.com",
            "学历：硕士",
            "籍贯：浙江杭州",
            "专业：软件工程",
            "现居：上海",
        ]
    else:
        cells = [
            "Name: Jordan Ellis",
            f"Phone: {phone}",
            f"Age: {rng.randint(24, 45)}",
            "E-mail: je@example.com",
            "Degree: MSc",
            "City: Leeds",
            "Major: Physics",
            "Visa: none",
        ]
    return list(zip(cells[::2], cells[1::2], strict=True))


def _side_bar(rng: random.Random, zh: bool) -> list[str]:
    words = _ZH if zh else _EN
    lines = [f"138{rng.randrange(10**7, 10**8)}", "a@example.com", *rng.sample(words["tool"], 6), str(rng.randint(2005, 2020))]
    return [words["heading"][-2], *lines]


def _contents(rng: random.Random, language: str) -> Iterator[tuple[str, str]]:
    """Yield the endless middle of a page, which opens with what could be taken for boilerplate."""
    zh = language == "zh"
    words = _ZH if zh else _EN
    pick = {key: lambda key=key: rng.choice(words[key]) for key in words}
    for number in range(1, 10_000):
        yield "heading", pick["heading"]()
        year = rng.randint(2008, 2020)
        period = rng.choice(["{}.03 - {}.11", "{}/03-{}/11", "{}.07-{}.02"]).format(year, year + 2)
        yield "row" if rng.random() < 0.5 else "line", f"{period}  {pick['company']()}"
        yield from rng.sample(_traps(rng, zh, number), 2)
        for _ in range(rng.randint(2, 4)):
            sentence = "，".join([pick["verb"]() + pick["object"](), *rng.sample(words["result"], rng.randint(1, 3))])
            if not zh:
                sentence = f"{pick['verb']()} {pick['object']()}, " + " ".join(rng.sample(words["result"], rng.randint(1, 3)))
            mark = rng.choice(["• ", "- ", "1. ", "● "]) if rng.random() < 0.7 else ""
            yield ("item" if mark else "line"), mark + sentence + rng.choice(["。", "；", ""] if zh else [".", ""])
        tools = ("、" if zh else ", ").join(rng.sample(words["tool"], 5))
        yield "line", f"{pick['label']()}{'：' if zh else ': '}{tools}"


def _traps(rng: random.Random, zh: bool, number: int) -> list[tuple[str, str]]:
    """Return lines of a body that look like something else."""
    year = rng.randint(2009, 2022)
    return [
        ("item", "• 负责后端开发" if zh else "• Backend development"),
        ("line", f"项目 {number}：商家平台" if zh else f"Project {number}: merchant platform"),
        ("line", str(year)),
        ("line", f"{year}年3月" if zh else f"March {year}"),
        ("line", f"138{rng.randrange(10**7, 10**8)}"),
        ("line", f"项目名称：Page {number}" if zh else f"Project Page {number}"),
        ("row", "  ".join(str(rng.randrange(1000)) for _ in range(4))),
        ("line", "精通 C++ --- 尤其是模板" if zh else "Fluent in C++ --- templates above all"),
    ]


Draw = Callable[[int, Sheet], None]


def _filled(rng: random.Random, text: str, language: str) -> str:
    words = _ZH if language == "zh" else _EN
    name = "欧阳明远" if language == "zh" else "Jordan Ellis"
    digits = rng.randrange(10**6, 10**7)
    return text.format(name=name, title=rng.choice(words["title"]), company=rng.choice(words["company"]), digits=digits)


def _aligned(rng: random.Random, writer: _Writer) -> Callable[[str, float], float]:
    share = rng.choice([0, 0.5, 1])
    return lambda text, size: writer.left + share * (writer.right - writer.left - pdfmetrics.stringWidth(text, writer.font, size))


def _header(rng: random.Random, language: str, pages: int, writer: _Writer, result: CleanPdf) -> Draw | None:
    """Return a way to draw one line at the top or at the bottom, perhaps not on the first page."""
    if rng.random() < 0.25:
        return None
    text, size, left_edge = _filled(rng, rng.choice(_HEADERS[language]), language), rng.uniform(7.5, 10), _aligned(rng, writer)
    y = rng.uniform(22, 48) if rng.random() < 0.5 else HEIGHT - rng.uniform(20, 48)
    first = 1 if pages > 2 and rng.random() < 0.2 else 0
    if any(abs(y - other) < 14 for other in result.heights):
        return None
    result.heights.append(y)
    result.kept_once.add(text)
    result.removed += [text] * (pages - first)
    return lambda page, sheet: sheet.text(left_edge(text, size), y, text, size) if page >= first else None


def _page_number(rng: random.Random, language: str, pages: int, writer: _Writer, result: CleanPdf) -> Draw | None:
    form, size, left_edge = rng.choice(_NUMBERS[language]), rng.uniform(7.5, 10.5), _aligned(rng, writer)
    y = HEIGHT - rng.uniform(18, 52) if rng.random() < 0.8 else rng.uniform(22, 45)
    if any(abs(y - other) < 14 for other in result.heights):
        return None
    texts = [form.format(n=page + 1, m=pages) for page in range(pages)]
    result.removed += texts
    return lambda page, sheet: sheet.text(left_edge(texts[page], size), y, texts[page], size)


def _stamp(rng: random.Random, language: str, pages: int, writer: _Writer, result: CleanPdf) -> Draw | None:
    """Return a way to draw a line of a job site, at a place of its own on every page between the header and the body."""
    if rng.random() < 0.7:
        return None
    text, heights = rng.choice(_STAMPS[language]), [writer.top - rng.uniform(13, 20) for _ in range(pages)]
    if any(abs(y - other) < 14 for y in heights for other in result.heights):
        return None
    result.kept_once.add(text)
    result.removed += [text] * pages
    return lambda page, sheet: sheet.text(writer.left, heights[page], text, 8)


def _watermark(rng: random.Random, language: str, pages: int, writer: _Writer, result: CleanPdf) -> Draw | None:
    if rng.random() < 0.3:
        return None
    text = _filled(rng, rng.choice(_WATERMARKS[language]), language)
    angle, size = rng.choice([30, 45, 55, -35, -45]), rng.uniform(16, 44)
    places = [(rng.uniform(80, 300), rng.uniform(250, 600))]
    if rng.random() < 0.4:
        size = min(size, 20)
        places = [(x, y) for x in (80, 330) for y in (200, 420, 640)]
    result.removed += [text] * (pages * len(places))

    def draw(page: int, sheet: Sheet) -> None:
        sheet.canvas.setFillGray(0.8)
        for x, y in places:
            sheet.text(x, y, text, size, angle)
        sheet.canvas.setFillGray(0)

    return draw
