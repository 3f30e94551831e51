"""Convert DrawingML to shapes: boxes by anchors and groups, fills, and texts."""

from collections.abc import Hashable
from dataclasses import replace

from preprocess.docx.colours import Colour, Palette, is_transparent, transparency
from preprocess.docx.geometry import ASIDE, BEHIND, IN_FRONT, Bounds, Box, Visibility
from preprocess.docx.measure import emu, number
from preprocess.docx.ooxml import Element, child, children, find, local, value
from preprocess.docx.shape import (
    CORNERED,
    INSETS,
    UNKNOWN_SIZE,
    DrawingAnchor,
    DrawingContext,
    Plane,
    Shape,
    add_shape,
    is_true,
    reference_areas,
    unplaced_box,
)


def anchored_box(element: Element, anchor: DrawingAnchor) -> Box | None:
    """Return the box of a floating drawing, None without a size."""
    extent = child(element, "extent")
    if extent is None:
        return None
    width, height = emu(value(extent, "cx"), UNKNOWN_SIZE), emu(value(extent, "cy"), UNKNOWN_SIZE)
    for size in element.iterchildren("{*}sizeRelH", "{*}sizeRelV"):
        share = number("".join(size.itertext("{*}pctWidth", "{*}pctHeight")).strip()[:12], 0.0) / 100_000
        if share > 0 and local(size) == "sizeRelH":
            width = share * (anchor.page_width if value(size, "relativeFrom") == "page" else anchor.page_width - _margins(anchor))
        elif share > 0:
            height = share * anchor.page_height
    is_behind = is_true(value(element, "behindDoc"))
    depth = (BEHIND if is_behind else IN_FRONT, number(value(element, "relativeHeight"), 0.0))
    wraps = any(child(element, kind) is not None for kind in ("wrapSquare", "wrapTight", "wrapThrough", "wrapTopAndBottom"))
    if wraps and not is_behind:
        depth = (ASIDE, depth[1])
    if is_true(value(element, "simplePos")):
        simple_position = child(element, "simplePos")
        x = emu(value(simple_position, "x"), 0.0)
        return Box(Bounds(x, x), emu(value(simple_position, "y"), 0.0), width, height, None, anchor.paragraph, depth)
    x = _horizontal(child(element, "positionH"), width, anchor)
    y, base = _vertical(child(element, "positionV"), height, anchor)
    return Box(x, y, width, height, base, anchor.paragraph, depth)


def _margins(anchor: DrawingAnchor) -> float:
    return anchor.margin_left + anchor.margin_right


def inline_box(inline: Element, anchor: DrawingAnchor) -> Box:
    """Return the box of a drawing that stands in its line like a letter."""
    extent = child(inline, "extent")
    width, height = emu(value(extent, "cx"), UNKNOWN_SIZE), emu(value(extent, "cy"), UNKNOWN_SIZE)
    return Box(Bounds(anchor.column.low, anchor.column.high + anchor.column_width), 0.0, width, height, anchor.paragraph, anchor.paragraph)


def _horizontal(position: Element | None, width: float, anchor: DrawingAnchor) -> Bounds:
    starts: list[Bounds] = []
    offset, align = _offset(position), _align(position)
    for area, area_width in reference_areas(value(position, "relativeFrom"), anchor):
        share = _share(position)
        moved = {"right": area_width - width, "outside": area_width - width, "center": (area_width - width) / 2}.get(align, 0.0)
        starts.append(area.moved(moved if align else share * area_width if share is not None else offset))
    return Bounds(min(start.low for start in starts), max(start.high for start in starts))


def _vertical(position: Element | None, height: float, anchor: DrawingAnchor) -> tuple[float, Hashable]:
    """Return the distance below the top of a paragraph, or of the page (None)."""
    relative, align, share = value(position, "relativeFrom"), _align(position), _share(position)
    if relative not in ("page", "margin", "topMargin", "bottomMargin", "insideMargin", "outsideMargin"):
        return _offset(position), anchor.paragraph
    top = {"margin": abs(anchor.margin_top), "bottomMargin": anchor.page_height - abs(anchor.margin_bottom)}.get(relative, 0.0)
    area = {"page": anchor.page_height, "margin": anchor.page_height - abs(anchor.margin_top) - abs(anchor.margin_bottom)}
    room = area.get(relative, abs(anchor.margin_top))
    moved = {"bottom": room - height, "outside": room - height, "center": (room - height) / 2}.get(align, 0.0)
    return top + (moved if align else share * room if share is not None else _offset(position)), None


def _offset(position: Element | None) -> float:
    return emu((_text(position, "posOffset")), 0.0)


def _align(position: Element | None) -> str:
    return _text(position, "align")


def _share(position: Element | None) -> float | None:
    """Return a position as a share of the area, as in newer files; None for others."""
    text = _text(position, "pctPosHOffset") or _text(position, "pctPosVOffset")
    return number(text, 0.0) / 100_000 if text else None


def _text(position: Element | None, name: str) -> str:
    element = next(find(position, {name}), None) if position is not None else None
    return (element.text or "").strip() if element is not None else ""


def group_context(group: Element, context: DrawingContext) -> DrawingContext:
    """Return the context of the shapes in a group; the outermost group fills its anchor."""
    transform = child(child(group, "grpSpPr"), "xfrm")
    is_hidden = context.is_hidden or is_true(value(child(group, "cNvPr"), "hidden"))
    if context.box is None or (transform is None and local(group) == "grpSp"):
        return context._replace(is_hidden=is_hidden)
    if transform is None:  # a canvas: in the units of drawings, from its corner
        return context._replace(plane=Plane(0.0, context.box.y, 1 / 12_700, 1 / 12_700), is_hidden=is_hidden)
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
    return context._replace(plane=Plane(x - left * scale_x, y - top * scale_y, scale_x, scale_y), is_hidden=is_hidden)


def _shape_box(transform: Element | None, context: DrawingContext, is_grouped: bool) -> Box:
    """Return the box of a shape: that of its anchor, or its own part of the group's."""
    box = context.box or unplaced_box(context)
    own, size = child(transform, "off"), child(transform, "ext")
    turned = number(value(transform, "rot"), 0.0) % 10_800_000
    if is_grouped and size is not None:
        plane = context.plane
        x, y = plane.x + number(value(own, "x"), 0.0) * plane.scale_x, plane.y + number(value(own, "y"), 0.0) * plane.scale_y
        width, height = number(value(size, "cx"), 0.0) * plane.scale_x, number(value(size, "cy"), 0.0) * plane.scale_y
        box = Box(box.x.moved(x), y, width, height, box.base, box.anchor, (*box.depth, float(len(context.collected))))
    if 2_700_000 <= turned <= 8_100_000:  # lies on its side: as wide as it was high, about the same middle
        shift = (box.width - box.height) / 2
        box = Box(box.x.moved(shift), box.y - shift, box.height, box.width, box.base, box.anchor, box.depth)
    return box


def add_drawingml(shape: Element, context: DrawingContext) -> None:
    """Add the shape of a wsp, sp or pic element, and its texts."""
    properties = child(shape, "spPr")
    is_grouped = context.plane.scale_x != 1
    box = _shape_box(child(properties, "xfrm"), context, is_grouped)
    names = (child(shape, "cNvPr"), child(child(shape, "nvPicPr"), "cNvPr"), child(child(shape, "nvSpPr"), "cNvPr"))
    is_hidden = context.is_hidden or any(is_true(value(name, "hidden")) for name in names)
    backgrounds, transparency_of_fill = _fill(shape, properties, context.palette)
    geometry = value(child(properties, "prstGeom"), "prst")
    picture, crop = "", (0.0, 0.0, 0.0, 0.0)
    if local(shape) == "pic":
        picture = context.anchor.pictures.get(value(child(child(shape, "blipFill"), "blip"), "embed"), ("", ""))[1]
        crop = cropped_sides(child(child(shape, "blipFill"), "srcRect"))
        covers = Visibility.HIDDEN if picture else Visibility.VISIBLE
    elif (fill := child(properties, "blipFill")) is not None and not _has_text(shape):
        picture, crop = context.anchor.pictures.get(value(child(fill, "blip"), "embed"), ("", ""))[1], cropped_sides(child(fill, "srcRect"))
        covers = Visibility.UNSURE
    elif not backgrounds or transparency_of_fill > 0.1:
        covers = Visibility.VISIBLE
    else:
        covers = Visibility.HIDDEN if geometry.startswith(CORNERED) else Visibility.UNSURE
    body = child(shape, "bodyPr")
    grows = child(body, "spAutoFit") is not None or context.box is None
    sides = zip(("lIns", "tIns", "rIns", "bIns"), INSETS, strict=True)
    left, upper, right, lower = (emu(value(body, name), default) for name, default in sides)
    box = Box(box.x, box.y, box.width, box.height, box.base, box.anchor, box.depth, grows)
    contents = list(find(shape, {"txbxContent"}))
    linked = child(shape, "linkedTxbx") is not None or value(child(shape, "txbx"), "id") != ""
    top = value(body, "anchor") in ("", "t") and value(body, "vert") in ("", "horz")
    covers = covers if context.box is not None else Visibility.VISIBLE
    insets = left, upper, right, lower
    collected = Shape(
        box, is_hidden, backgrounds, covers, picture, None, insets, context.is_floating, linked, top, context.box is not None, crop
    )
    if not contents:
        collected = replace(collected, drawn_text=_drawn_text(shape))
    add_shape(collected, contents, context)


def _has_text(shape: Element) -> bool:
    """Return whether text stands on a shape: what fills it is then a background."""
    return any((text.text or "").strip() for text in shape.iter("{*}t"))


def cropped_sides(rectangle: Element | None) -> tuple[float, float, float, float]:
    """Return the shares of a picture that are cut off; a negative one, which leaves a rim, counts as 0."""
    left, top, right, bottom = (min(max(number(value(rectangle, side), 0.0) / 100_000, 0.0), 1.0) for side in ("l", "t", "r", "b"))
    return (left, top, right, bottom) if left + right < 1 and top + bottom < 1 else (0.0, 0.0, 0.0, 0.0)


def _drawn_text(shape: Element) -> str:
    """Return the paragraphs of a shape on a drawing canvas, which are not Word's but DrawingML's."""
    bodies = [child(shape, "txBody"), child(child(shape, "txSp"), "txBody")]
    paragraphs = [paragraph for body in bodies for paragraph in children(body, "p")]
    return "\n".join("".join(piece.text or "" for piece in find(paragraph, {"t"})) for paragraph in paragraphs)


def _fill(shape: Element, properties: Element | None, palette: Palette) -> tuple[tuple[Colour | None, ...], float]:
    """Return the colours of a shape's fill, and its transparency."""
    for kind in ("noFill", "solidFill", "gradFill", "blipFill", "pattFill", "grpFill"):
        if (fill := child(properties, kind)) is not None:
            if kind == "noFill" or is_transparent(fill):
                return (), 1.0
            colour = palette.filling(fill) if kind in ("solidFill", "gradFill") and transparency(fill) < 0.1 else None
            return (colour,), transparency(fill)
    reference = child(child(shape, "style"), "fillRef")
    return ((), 1.0) if value(reference, "idx") in ("", "0") else ((palette.filling(reference),), 0.0)
