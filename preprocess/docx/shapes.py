"""A drawing of a Word file, new (DrawingML) or old (VML) → the shapes in it: their boxes, what fills them, and the text in them."""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import NamedTuple

from preprocess.docx.colours import WHITE, Colour, Palette, is_transparent, transparency
from preprocess.docx.geometry import ASIDE, BEHIND, IN_FRONT, Box, Interval, Visibility
from preprocess.docx.measure import emu, length, number, old_style
from preprocess.docx.ooxml import Element, child, find, local, value

_OLD_SHAPES = frozenset({"shape", "rect", "roundrect", "oval"})
_GROUPS = frozenset({"wgp", "grpSp", "wpc", "group"})
_CORNERED = ("rect", "round", "snip", "flowChartProcess", "flowChartAlternateProcess", "bevel", "plaque", "foldedCorner")
_INSETS = (7.2, 3.6, 7.2, 3.6)  # points: left, top, right, bottom of a box's text where it does not say
_OUTLINES_UNSURE = Visibility.UNSURE
_UNKNOWN = 100.0  # points; the size of a shape that names none


Relationships = dict[str, tuple[str, str]]
"""Those of the part, by which its pictures are named."""


class DrawingAnchor(NamedTuple):
    """Where a drawing hangs: its paragraph, and the Span of where the text column starts on the page and how wide it is."""

    paragraph: Hashable
    column: Interval
    column_width: float
    page_width: float
    page_height: float
    margin_left: float
    margin_right: float
    margin_top: float
    margin_bottom: float
    is_in_cell: bool
    pictures: Relationships


@dataclass(frozen=True)
class Shape:
    """One shape of a drawing. `backgrounds` is what fills it: nothing where one sees through it, None where it may have any colour.

    `covers` says whether it hides what lies behind it, `picture` which picture it is, by its path in the package. `content` holds its text.
    """

    box: Box
    is_hidden: bool
    backgrounds: tuple[Colour | None, ...]
    covers: Visibility
    picture: str = ""
    content: Element | None = None
    insets: tuple[float, float, float, float] = _INSETS
    is_floating: bool = True
    continues: bool = False
    """Whether its text goes on in another box, or starts in one."""
    anchored_top: bool = True
    is_measured: bool = True
    """Whether the file says where it is and how large."""


class _Plane(NamedTuple):
    """How the units of a group become points on the page."""

    x: float
    y: float
    scale_x: float
    scale_y: float


def shapes(drawing: Element, ground: DrawingAnchor, palette: Palette) -> list[Shape]:
    """All shapes of a drawing (a w:drawing, w:pict or w:object), from back to front."""
    made: list[Shape] = []
    context = _Context(ground, palette, made, None, _Plane(0, 0, 1, 1), False, True)
    if local(drawing) == "txbxContent":
        made.append(_shape_of_content(drawing, context))
    else:
        _collect(drawing, context)
    return made


class _Context(NamedTuple):
    ground: DrawingAnchor
    palette: Palette
    made: list[Shape]
    box: Box | None
    plane: _Plane
    is_hidden: bool
    is_floating: bool


def _collect(element: Element, context: _Context) -> None:
    for part in element.iterchildren("*"):
        name = local(part)
        if name in ("anchor", "inline"):
            box = _anchored(part, context.ground) if name == "anchor" else _inline(part, context.ground)
            is_hidden = _is_true(value(child(part, "docPr"), "hidden"))
            floats = name == "anchor"
            count = len(context.made)
            _collect(part, context._replace(box=box, is_hidden=is_hidden or context.is_hidden, is_floating=floats))
            if box is not None and len(context.made) == count:  # a chart or a diagram, which is in a part of its own
                context.made.append(Shape(box, is_hidden, (), Visibility.VISIBLE, is_floating=floats))
        elif name in _GROUPS:
            _collect(part, _inside(part, context))
        elif name in ("wsp", "sp", "pic"):
            _add_new(part, context)
        elif name in _OLD_SHAPES:
            _add_old(part, context)
        elif name == "txbxContent":
            context.made.append(_shape_of_content(part, context))
        elif name not in ("shapetype", "unshown"):
            _collect(part, context)


def _shape_of_content(part: Element, context: _Context) -> Shape:
    box = context.box or _nowhere(context)
    return Shape(
        box, context.is_hidden, (), Visibility.VISIBLE, content=part, is_floating=context.is_floating, is_measured=context.box is not None
    )


def _nowhere(context: _Context) -> Box:
    """A box that nothing is said about."""
    ground = context.ground
    return Box(
        Interval(0, ground.page_width), 0.0, ground.page_width, ground.page_height, ground.paragraph, ground.paragraph, (IN_FRONT,), True
    )


def _anchored(anchor: Element, ground: DrawingAnchor) -> Box | None:
    extent = child(anchor, "extent")
    if extent is None:
        return None
    width, height = emu(value(extent, "cx"), _UNKNOWN), emu(value(extent, "cy"), _UNKNOWN)
    for size in anchor.iterchildren("{*}sizeRelH", "{*}sizeRelV"):
        share = number("".join(size.itertext("{*}pctWidth", "{*}pctHeight")).strip()[:12], 0.0) / 100_000
        if share > 0 and local(size) == "sizeRelH":
            width = share * (ground.page_width if value(size, "relativeFrom") == "page" else ground.page_width - _margins(ground))
        elif share > 0:
            height = share * ground.page_height
    is_behind = _is_true(value(anchor, "behindDoc"))
    depth = (BEHIND if is_behind else IN_FRONT, number(value(anchor, "relativeHeight"), 0.0))
    wraps = any(child(anchor, kind) is not None for kind in ("wrapSquare", "wrapTight", "wrapThrough", "wrapTopAndBottom"))
    if wraps and not is_behind:
        depth = (ASIDE, depth[1])
    if _is_true(value(anchor, "simplePos")):
        place = child(anchor, "simplePos")
        x = emu(value(place, "x"), 0.0)
        return Box(Interval(x, x), emu(value(place, "y"), 0.0), width, height, None, ground.paragraph, depth)
    x = _across(child(anchor, "positionH"), width, ground)
    y, base = _down(child(anchor, "positionV"), height, ground)
    return Box(x, y, width, height, base, ground.paragraph, depth)


def _margins(ground: DrawingAnchor) -> float:
    return ground.margin_left + ground.margin_right


def _inline(inline: Element, ground: DrawingAnchor) -> Box:
    """It stands in its line like a letter."""
    extent = child(inline, "extent")
    width, height = emu(value(extent, "cx"), _UNKNOWN), emu(value(extent, "cy"), _UNKNOWN)
    return Box(
        Interval(ground.column.low, ground.column.high + ground.column_width), 0.0, width, height, ground.paragraph, ground.paragraph
    )


def _areas(relative: str, ground: DrawingAnchor) -> list[tuple[Interval, float]]:
    """Where the areas start that a horizontal position may be measured from, and how wide they are."""
    left, right = ground.margin_left, ground.page_width - ground.margin_right
    column = (ground.column, ground.column_width)
    areas = {
        "page": [(Interval(0, 0), ground.page_width)],
        "margin": [(Interval(left, left), right - left)],
        "leftMargin": [(Interval(0, 0), left)],
        "rightMargin": [(Interval(right, right), ground.margin_right)],
        "character": [(Interval(ground.column.low, ground.column.high + ground.column_width), 0.0)],
        "column": [column],
    }
    areas["insideMargin"] = areas["outsideMargin"] = areas["leftMargin"] + areas["rightMargin"]
    return [column] if ground.is_in_cell and relative in ("page", "margin") else areas.get(relative, [column])


def _across(position: Element | None, width: float, ground: DrawingAnchor) -> Interval:
    starts: list[Interval] = []
    offset, align = _offset(position), _align(position)
    for area, area_width in _areas(value(position, "relativeFrom"), ground):
        share = _share(position)
        moved = {"right": area_width - width, "outside": area_width - width, "center": (area_width - width) / 2}.get(align, 0.0)
        starts.append(area.moved(moved if align else share * area_width if share is not None else offset))
    return Interval(min(start.low for start in starts), max(start.high for start in starts))


def _down(position: Element | None, height: float, ground: DrawingAnchor) -> tuple[float, Hashable]:
    """How far below what."""
    relative, align, share = value(position, "relativeFrom"), _align(position), _share(position)
    if relative not in ("page", "margin", "topMargin", "bottomMargin", "insideMargin", "outsideMargin"):
        return _offset(position), ground.paragraph
    top = {"margin": abs(ground.margin_top), "bottomMargin": ground.page_height - abs(ground.margin_bottom)}.get(relative, 0.0)
    area = {"page": ground.page_height, "margin": ground.page_height - abs(ground.margin_top) - abs(ground.margin_bottom)}
    room = area.get(relative, abs(ground.margin_top))
    moved = {"bottom": room - height, "outside": room - height, "center": (room - height) / 2}.get(align, 0.0)
    return top + (moved if align else share * room if share is not None else _offset(position)), None


def _offset(position: Element | None) -> float:
    return emu((_text(position, "posOffset")), 0.0)


def _align(position: Element | None) -> str:
    return _text(position, "align")


def _share(position: Element | None) -> float | None:
    """A position as a share of the area, in new files."""
    text = _text(position, "pctPosHOffset") or _text(position, "pctPosVOffset")
    return number(text, 0.0) / 100_000 if text else None


def _text(position: Element | None, name: str) -> str:
    found = next(find(position, {name}), None) if position is not None else None
    return (found.text or "").strip() if found is not None else ""


def _inside(group: Element, context: _Context) -> _Context:
    """The plane of the shapes in a group; the outermost group fills its anchor."""
    if local(group) == "group":
        return _inside_old(group, context)
    transform = child(child(group, "grpSpPr"), "xfrm")
    is_hidden = context.is_hidden or _is_true(value(child(group, "cNvPr"), "hidden"))
    if context.box is None or (transform is None and local(group) == "grpSp"):
        return context._replace(is_hidden=is_hidden)
    if transform is None:  # a canvas: in the units of drawings, from its corner
        return context._replace(plane=_Plane(0.0, context.box.y, 1 / 12_700, 1 / 12_700), is_hidden=is_hidden)
    offset, extent = child(transform, "chOff"), child(transform, "chExt")
    left, top = number(value(offset, "x"), 0.0), number(value(offset, "y"), 0.0)
    wide, high = number(value(extent, "cx"), 0.0), number(value(extent, "cy"), 0.0)
    if local(group) == "grpSp":
        own, size = child(transform, "off"), child(transform, "ext")
        plane = context.plane
        x = plane.x + number(value(own, "x"), 0.0) * plane.scale_x
        y = plane.y + number(value(own, "y"), 0.0) * plane.scale_y
        width, height = number(value(size, "cx"), 0.0) * plane.scale_x, number(value(size, "cy"), 0.0) * plane.scale_y
    else:
        x, y, width, height = 0.0, context.box.y, context.box.width, context.box.height
    scale_x, scale_y = width / wide if wide > 0 else 1 / 12_700, height / high if high > 0 else 1 / 12_700
    return context._replace(plane=_Plane(x - left * scale_x, y - top * scale_y, scale_x, scale_y), is_hidden=is_hidden)


def _placed(transform: Element | None, context: _Context, is_grouped: bool) -> Box:
    """The box of a shape: that of its anchor, or its own part of the group's."""
    box = context.box or _nowhere(context)
    own, size = child(transform, "off"), child(transform, "ext")
    turned = number(value(transform, "rot"), 0.0) % 10_800_000
    if is_grouped and size is not None:
        plane = context.plane
        x, y = plane.x + number(value(own, "x"), 0.0) * plane.scale_x, plane.y + number(value(own, "y"), 0.0) * plane.scale_y
        width, height = number(value(size, "cx"), 0.0) * plane.scale_x, number(value(size, "cy"), 0.0) * plane.scale_y
        box = Box(box.x.moved(x), y, width, height, box.base, box.anchor, (*box.depth, float(len(context.made))))
    if 2_700_000 <= turned <= 8_100_000:  # lies on its side: as wide as it was high, about the same middle
        shift = (box.width - box.height) / 2
        box = Box(box.x.moved(shift), box.y - shift, box.height, box.width, box.base, box.anchor, box.depth)
    return box


def _add_new(shape: Element, context: _Context) -> None:
    properties = child(shape, "spPr")
    is_grouped = context.plane.scale_x != 1
    box = _placed(child(properties, "xfrm"), context, is_grouped)
    names = (child(shape, "cNvPr"), child(child(shape, "nvPicPr"), "cNvPr"), child(child(shape, "nvSpPr"), "cNvPr"))
    is_hidden = context.is_hidden or any(_is_true(value(name, "hidden")) for name in names)
    backgrounds, see_through = _filling(shape, properties, context.palette)
    geometry = value(child(properties, "prstGeom"), "prst")
    picture = ""
    if local(shape) == "pic":
        picture = context.ground.pictures.get(value(child(child(shape, "blipFill"), "blip"), "embed"), ("", ""))[1]
        covers = Visibility.HIDDEN if picture else Visibility.VISIBLE
    elif not backgrounds or see_through > 0.1:
        covers = Visibility.VISIBLE
    else:
        covers = Visibility.HIDDEN if geometry.startswith(_CORNERED) else _OUTLINES_UNSURE
    body = child(shape, "bodyPr")
    grows = child(body, "spAutoFit") is not None or context.box is None
    sides = zip(("lIns", "tIns", "rIns", "bIns"), _INSETS, strict=True)
    left, upper, right, lower = (emu(value(body, name), default) for name, default in sides)
    box = Box(box.x, box.y, box.width, box.height, box.base, box.anchor, box.depth, grows)
    contents = list(find(shape, {"txbxContent"}))
    linked = child(shape, "linkedTxbx") is not None or value(child(shape, "txbx"), "id") != ""
    top = value(body, "anchor") in ("", "t") and value(body, "vert") in ("", "horz")
    covers = covers if context.box is not None else Visibility.VISIBLE
    insets = left, upper, right, lower
    made = Shape(box, is_hidden, backgrounds, covers, picture, None, insets, context.is_floating, linked, top, context.box is not None)
    _add(made, contents, context)


def _filling(shape: Element, properties: Element | None, palette: Palette) -> tuple[tuple[Colour | None, ...], float]:
    """What fills a shape, and how far one sees through that."""
    for kind in ("noFill", "solidFill", "gradFill", "blipFill", "pattFill", "grpFill"):
        if (fill := child(properties, kind)) is not None:
            if kind == "noFill" or is_transparent(fill):
                return (), 1.0
            colour = palette.filling(fill) if kind in ("solidFill", "gradFill") and transparency(fill) < 0.1 else None
            return (colour,), transparency(fill)
    reference = child(child(shape, "style"), "fillRef")
    return ((), 1.0) if value(reference, "idx") in ("", "0") else ((palette.filling(reference),), 0.0)


def _add(made: Shape, contents: list[Element], context: _Context) -> None:
    """The shape, and then each text in it as one more."""
    context.made.append(made)
    context.made.extend(replace(made, covers=Visibility.VISIBLE, picture="", content=content) for content in contents)


def _inside_old(group: Element, context: _Context) -> _Context:
    box, is_hidden, floats = _old_box(group, context)
    size, box_around = (value(group, name).split(",")[:2] for name in ("coordsize", "coordorigin"))
    wide, high = (number(part.strip(), 1000.0) or 1000.0 for part in (*size, *["1000"] * (2 - len(size))))
    left, top = (number(part.strip(), 0.0) for part in (*box_around, *["0"] * (2 - len(box_around))))
    scale_x, scale_y = box.width / wide, box.height / high
    plane = _Plane(-left * scale_x, box.y - top * scale_y, scale_x, scale_y)
    return context._replace(box=box, is_hidden=is_hidden, is_floating=floats, plane=plane)


def _old_box(shape: Element, context: _Context) -> tuple[Box, bool, bool]:
    """The box of an old shape, whether it is hidden, and whether it floats."""
    style, ground = old_style(shape), context.ground
    is_hidden = context.is_hidden or style.get("visibility") == "hidden" or style.get("display") == "none"
    if context.plane.scale_x != 1 and context.box is not None:
        plane, box = context.plane, context.box
        x, y, width, height = (number(style.get(name, ""), 0.0) for name in ("left", "top", "width", "height"))
        x, y = x * plane.scale_x + plane.x, y * plane.scale_y + plane.y
        depth = (*box.depth, float(len(context.made)))
        placed = Box(box.x.moved(x), y, width * plane.scale_x, height * plane.scale_y, box.base, box.anchor, depth)
        return placed, is_hidden, context.is_floating
    width, height = length(style.get("width", ""), _UNKNOWN), length(style.get("height", ""), _UNKNOWN)
    if style.get("position") != "absolute":
        span = Interval(ground.column.low, ground.column.high + ground.column_width)
        return Box(span, 0.0, width, height, ground.paragraph, ground.paragraph), is_hidden, False
    relative = {"page": "page", "margin": "margin", "char": "character"}.get(style.get("mso-position-horizontal-relative", ""), "column")
    x = length(style.get("margin-left") or style.get("left", ""), 0.0)
    align = style.get("mso-position-horizontal", "absolute")
    area, room = _areas(relative, ground)[0]
    span = area.moved({"right": room - width, "center": (room - width) / 2, "left": 0.0}.get(align, x))
    y = length(style.get("margin-top") or style.get("top", ""), 0.0)
    vertical = style.get("mso-position-vertical-relative", "")
    base: Hashable = ground.paragraph
    if vertical in ("page", "margin"):
        base, start = None, abs(ground.margin_top) if vertical == "margin" else 0.0
        room = ground.page_height - (2 * start)
        align = style.get("mso-position-vertical", "absolute")
        y = start + {"bottom": room - height, "center": (room - height) / 2, "top": 0.0}.get(align, y)
    order = number(style.get("z-index", ""), 0.0)
    is_open = min(length(style.get("width", ""), -1.0), length(style.get("height", ""), -1.0)) < 0
    return Box(span, y, width, height, base, ground.paragraph, (BEHIND if order < 0 else IN_FRONT, order), is_open), is_hidden, True


def _add_old(shape: Element, context: _Context) -> None:
    box, is_hidden, floats = _old_box(shape, context)
    filled = value(shape, "filled") not in ("f", "false", "0")
    fill = child(shape, "fill")
    picture = context.ground.pictures.get(value(child(shape, "imagedata"), "id"), ("", ""))[1]
    opacity = value(fill, "opacity") or value(shape, "opacity")
    is_letters = child(shape, "textpath") is not None
    backgrounds: tuple[Colour | None, ...] = ()
    if filled and not is_letters and not picture:
        named = value(shape, "fillcolor")
        is_plain = value(fill, "type") in ("", "solid") and not opacity
        backgrounds = ((context.palette.named(named) if named else WHITE) if is_plain else None,)
    covers = Visibility.VISIBLE
    if picture:
        covers = Visibility.HIDDEN
    elif backgrounds and not opacity and not box.grows:
        covers = _OUTLINES_UNSURE if local(shape) in ("oval", "shape") else Visibility.HIDDEN
    text = child(shape, "textbox")
    grows = box.grows or (text is not None and old_style(text).get("mso-fit-shape-to-text") in ("t", "true"))
    inset = [length(part, default) for part, default in zip(value(text, "inset").split(","), _INSETS, strict=False)]
    insets = (*inset, *_INSETS[len(inset) :])
    box = Box(box.x, box.y, box.width, box.height, box.base, box.anchor, box.depth, grows)
    made = Shape(box, is_hidden, backgrounds, covers, picture, None, (insets[0], insets[1], insets[2], insets[3]), floats)
    _add(made, list(find(shape, {"txbxContent"})), context)


def _is_true(text: str) -> bool:
    return text in ("1", "true", "on", "t")
