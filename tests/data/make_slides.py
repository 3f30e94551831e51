"""Write presentations for tests by hand: slides of 100 by 100 units, and the parts that they refer to."""

from tests.data.make_docx import zipped

SPACES = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:dsp="http://schemas.microsoft.com/office/drawing/2008/diagram" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
)
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
IMAGE = (("i", "image", "../media/image1.png"),)
WHITE, DARK = (f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>' for colour in ("FFFFFF", "101040"))


def relations(*targets: tuple[str, str, str]) -> str:
    entries = "".join(f'<Relationship Id="{name}" Type="{TYPES}{kind}" Target="{target}"/>' for name, kind, target in targets)
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{entries}</Relationships>'


def text(words: str, properties: str = "") -> str:
    return f"<a:p><a:r><a:rPr>{properties}</a:rPr><a:t>{words}</a:t></a:r></a:p>"


def shape(content: str, at: tuple[int, int, int, int] | None = (0, 0, 10, 10), mark: str = "", fill: str = "", hidden: str = "0") -> str:
    left, top, width, height = at or (0, 0, 0, 0)
    transform = f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>' if at else ""
    content = content if content.startswith("<") else text(content)
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="1" name="x" hidden="{hidden}"/><p:nvPr>{mark}</p:nvPr></p:nvSpPr><p:spPr>{transform}{fill}</p:spPr>'
        f"<p:txBody>{content}</p:txBody></p:sp>"
    )


def slide(*shapes: str, kind: str = "sld", attributes: str = "") -> str:
    return f"<p:{kind} {SPACES} {attributes}><p:cSld><p:spTree>{''.join(shapes)}</p:spTree></p:cSld></p:{kind}>"


def deck(*slides: str, more: dict[str, str | bytes] | None = None, related: tuple[tuple[str, str, str], ...] = ()) -> bytes:
    numbers = range(1, len(slides) + 1)
    order = "".join(f'<p:sldId id="{256 + n}" r:id="s{n}"/>' for n in numbers)
    main = f'<p:presentation {SPACES}><p:sldIdLst>{order}</p:sldIdLst><p:sldSz cx="100" cy="100"/></p:presentation>'
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "ppt/presentation.xml": main,
            "ppt/_rels/presentation.xml.rels": relations(*((f"s{n}", "slide", f"slides/slide{n}.xml") for n in numbers)),
            **{f"ppt/slides/slide{n}.xml": content for n, content in zip(numbers, slides, strict=True)},
            **{f"ppt/slides/_rels/slide{n}.xml.rels": relations(*related) for n in numbers},
            **(more or {}),
        }
    )


def picture(at: tuple[int, int, int, int], crop: str = "") -> str:
    left, top, width, height = at
    transform = f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
    return f'<p:pic><p:blipFill><a:blip r:embed="i"/>{crop}</p:blipFill><p:spPr>{transform}</p:spPr></p:pic>'
