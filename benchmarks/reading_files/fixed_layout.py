"""Write OFD documents by hand: the fixed-layout format of Chinese offices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

from .generated import GeneratedFile
from .people import person
from .resume import Block, Phrasing, blocks_of, texts
from .word_parts import zip_of

_NAMES = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_SIZE, _ROOM, _LEFT = 4.0, 170.0, 20.0


def _advance(letter: str) -> float:
    return _SIZE if ord(letter) > 0x2E7F else _SIZE / 2


def _broken(text: str, indent: float) -> Iterator[str]:
    line, used = "", 0.0
    for letter in text:
        if used + _advance(letter) > _ROOM - indent:
            yield line
            line, used = "", 0.0
        line, used = line + letter, used + _advance(letter)
    yield line


@dataclass
class _Pages:
    objects: list[list[str]] = field(default_factory=lambda: [[]])
    y: float = 20.0
    number: int = 100

    def line(self, text: str, indent: float, size: float = _SIZE, one_by_one: bool = False) -> None:
        """Draw a line of text, on a new page below 270 mm; `indent` and `size` in mm. `one_by_one`: an object for each letter."""
        if self.y > 270:
            self.objects.append([])
            self.y = 20.0
        self.number += 1
        step = " ".join(f"{_advance(letter) * size / _SIZE:g}" for letter in text[:-1])
        deltas = f' DeltaX="{step}"' if step else ""
        code = f'<ofd:TextCode X="0" Y="{size}"{deltas}>{escape(text)}</ofd:TextCode>'
        if one_by_one:  # some printers write a text object for each letter
            x = 0.0
            for letter in text:
                self._object(f'<ofd:TextCode X="0" Y="{size}">{escape(letter)}</ofd:TextCode>', indent + x, size)
                x += _advance(letter) * size / _SIZE
        else:
            self._object(code, indent, size)
        self.y += size * 1.6

    def _object(self, code: str, indent: float, size: float) -> None:
        self.number += 1
        box = f"{_LEFT + indent:g} {self.y:g} {_ROOM:g} {size * 1.4:g}"
        self.objects[-1].append(f'<ofd:TextObject ID="{self.number}" Boundary="{box}" Font="2" Size="{size}">{code}</ofd:TextObject>')


def _ofd(blocks: Sequence[Block], head: str = "", one_by_one: bool = False, backwards: bool = False) -> bytes:
    pages = _Pages()
    for block in blocks:
        size = {"name": 8.0, "heading": 5.0}.get(block.kind, _SIZE)
        indent = 6.0 if block.kind == "bullet" else 0.0
        for line in _broken(("●" if block.kind == "bullet" else "") + block.text, indent):
            pages.line(line, indent, size, one_by_one)
    members: list[tuple[str, str | bytes]] = [
        (
            "OFD.xml",
            f'{_HEAD}<ofd:OFD {_NAMES} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>6f1d</ofd:DocID>'
            "<ofd:Title>模板标题</ofd:Title><ofd:CreationDate>2026-03-02</ofd:CreationDate></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        )
    ]
    area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    template = '<ofd:TemplatePage ID="90" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if head else ""
    listed = "".join(f'<ofd:Page ID="{number + 1}" BaseLoc="Pages/Page_{number}/Content.xml"/>' for number in range(len(pages.objects)))
    members.append(
        (
            "Doc_0/Document.xml",
            f"{_HEAD}<ofd:Document {_NAMES}><ofd:CommonData><ofd:MaxUnitID>9999</ofd:MaxUnitID>{area}"
            f"<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>{template}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        )
    )
    fonts = '<ofd:Fonts><ofd:Font ID="2" FontName="宋体" FamilyName="宋体"/></ofd:Fonts>'
    members.append(("Doc_0/PublicRes.xml", f'{_HEAD}<ofd:Res {_NAMES} BaseLoc="Res">{fonts}</ofd:Res>'))
    if head:
        running = _Pages(y=8.0)
        running.line(head, 0, 3.0)
        members.append(("Doc_0/Tpls/Tpl_0/Content.xml", _page(running.objects[0], area)))
    for number, objects in enumerate(pages.objects):
        use = '<ofd:Template TemplateID="90" ZOrder="Background"/>' if head else ""
        ordered = list(reversed(objects)) if backwards else objects
        members.append((f"Doc_0/Pages/Page_{number}/Content.xml", _page(ordered, area, use)))
    return zip_of(members)


def _page(objects: Sequence[str], area: str, use: str = "") -> str:
    layer = f'<ofd:Layer ID="50" Type="Body">{"".join(objects)}</ofd:Layer>'
    return f"{_HEAD}<ofd:Page {_NAMES}>{use}{area}<ofd:Content>{layer}</ofd:Content></ofd:Page>"


def fixed_layout_files() -> Iterator[GeneratedFile]:
    """Give the OFD files."""
    blocks = blocks_of(person("plant_director"), Phrasing("brackets"))
    yield GeneratedFile("ofd_plant_director.ofd", _ofd(blocks), texts(blocks), ("模板标题",), ("a text object for each line",))
    blocks = blocks_of(person("nurse"), Phrasing("own line", contacts=""))
    data = _ofd(blocks, head="人力资源系统导出 第1页")
    yield GeneratedFile("ofd_template_page_nurse.ofd", data, texts(blocks), notes=("a running head from a template page",))
    blocks = blocks_of(person("graduate"), Phrasing("brackets"))
    yield GeneratedFile("ofd_single_letters_graduate.ofd", _ofd(blocks, one_by_one=True), texts(blocks), notes=("letter by letter",))
    blocks = blocks_of(person("driver"), Phrasing("first"))
    yield GeneratedFile("ofd_backwards_driver.ofd", _ofd(blocks, backwards=True), texts(blocks), notes=("stored from the bottom up",))
