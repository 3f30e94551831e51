"""Convert VML (old drawings) to shapes: boxes by style attributes, fills, and texts."""

from collections.abc import Hashable

from preprocess.docx.colours import WHITE, Colour
from preprocess.docx.geometry import BEHIND, IN_FRONT, Bounds, Box, Visibility
from preprocess.docx.measure import length, number, old_style
from preprocess.docx.ooxml import Element, child, find, local, value
from preprocess.docx.shape import INSETS, UNKNOWN_SIZE, DrawingContext, Plane, Shape, add_shape, reference_areas

VML_SHAPES = frozenset({"shape", "rect", "roundrect", "oval"})


def vml_group_context(group: Element, context: DrawingContext) -> DrawingContext:
    """Return the context of the shapes in a VML group."""
    box, is_hidden, floats = _vml_box(group, context)
    size, box_around = (value(group, name).split(",")[:2] for name in ("coordsize", "coordorigin"))
    wide, high = (number(part.strip(), 1000.0) or 1000.0 for part in (*size, *["1000"] * (2 - len(size))))
    left, top = (number(part.strip(), 0.0) for part in (*box_around, *["0"] * (2 - len(box_around))))
    scale_x, scale_y = box.width / wide, box.height / high
    plane = Plane(-left * scale_x, box.y - top * scale_y, scale_x, scale_y)
    return context._replace(box=box, is_hidden=is_hidden, is_floating=floats, plane=plane)


def _vml_box(shape: Element, context: DrawingContext) -> tuple[Box, bool, bool]:
    """Return the box of a VML shape, whether it is hidden, and whether it floats."""
    style, anchor = old_style(shape), context.anchor
    is_hidden = context.is_hidden or style.get("visibility") == "hidden" or style.get("display") == "none"
    if context.plane.scale_x != 1 and context.box is not None:
        plane, box = context.plane, context.box
        x, y, width, height = (number(style.get(name, ""), 0.0) for name in ("left", "top", "width", "height"))
        x, y = x * plane.scale_x + plane.x, y * plane.scale_y + plane.y
        depth = (*box.depth, float(len(context.collected)))
        placed = Box(box.x.moved(x), y, width * plane.scale_x, height * plane.scale_y, box.base, box.anchor, depth)
        return placed, is_hidden, context.is_floating
    width, height = length(style.get("width", ""), UNKNOWN_SIZE), length(style.get("height", ""), UNKNOWN_SIZE)
    if style.get("position") != "absolute":
        span = Bounds(anchor.column.low, anchor.column.high + anchor.column_width)
        return Box(span, 0.0, width, height, anchor.paragraph, anchor.paragraph), is_hidden, False
    relative = {"page": "page", "margin": "margin", "char": "character"}.get(style.get("mso-position-horizontal-relative", ""), "column")
    x = length(style.get("margin-left") or style.get("left", ""), 0.0)
    align = style.get("mso-position-horizontal", "absolute")
    area, room = reference_areas(relative, anchor)[0]
    span = area.moved({"right": room - width, "center": (room - width) / 2, "left": 0.0}.get(align, x))
    y = length(style.get("margin-top") or style.get("top", ""), 0.0)
    vertical = style.get("mso-position-vertical-relative", "")
    base: Hashable = anchor.paragraph
    if vertical in ("page", "margin"):
        base, start = None, abs(anchor.margin_top) if vertical == "margin" else 0.0
        room = anchor.page_height - (2 * start)
        align = style.get("mso-position-vertical", "absolute")
        y = start + {"bottom": room - height, "center": (room - height) / 2, "top": 0.0}.get(align, y)
    order = number(style.get("z-index", ""), 0.0)
    is_open = min(length(style.get("width", ""), -1.0), length(style.get("height", ""), -1.0)) < 0
    return Box(span, y, width, height, base, anchor.paragraph, (BEHIND if order < 0 else IN_FRONT, order), is_open), is_hidden, True


def add_vml(shape: Element, context: DrawingContext) -> None:
    """Add the shape of a VML element, and its texts."""
    box, is_hidden, floats = _vml_box(shape, context)
    filled = value(shape, "filled") not in ("f", "false", "0")
    fill = child(shape, "fill")
    picture = context.anchor.pictures.get(value(child(shape, "imagedata"), "id"), ("", ""))[1]
    if not picture and value(fill, "type") == "frame" and filled and not any((text.text or "").strip() for text in shape.iter("{*}t")):
        picture = context.anchor.pictures.get(value(fill, "id"), ("", ""))[1]
    opacity = value(fill, "opacity") or value(shape, "opacity")
    letters = child(shape, "textpath")
    is_letters = letters is not None
    backgrounds: tuple[Colour | None, ...] = ()
    if filled and not is_letters and not picture:
        named = value(shape, "fillcolor")
        is_plain = value(fill, "type") in ("", "solid") and not opacity
        backgrounds = ((context.palette.named(named) if named else WHITE) if is_plain else None,)
    covers = Visibility.VISIBLE
    if picture:
        covers = Visibility.HIDDEN
    elif backgrounds and not opacity and not box.grows:
        covers = Visibility.UNSURE if local(shape) in ("oval", "shape") else Visibility.HIDDEN
    text = child(shape, "textbox")
    grows = box.grows or (text is not None and old_style(text).get("mso-fit-shape-to-text") in ("t", "true"))
    inset = [length(part, default) for part, default in zip(value(text, "inset").split(","), INSETS, strict=False)]
    insets = (*inset, *INSETS[len(inset) :])
    box = Box(box.x, box.y, box.width, box.height, box.base, box.anchor, box.depth, grows)
    word_art = value(letters, "string") if box.depth[0] != BEHIND else ""  # behind the text it is a watermark
    sides = insets[0], insets[1], insets[2], insets[3]
    collected = Shape(box, is_hidden, backgrounds, covers, picture, None, sides, floats, crop=_crop(shape), drawn_text=word_art)
    add_shape(collected, list(find(shape, {"txbxContent"})), context)


def _crop(shape: Element) -> tuple[float, float, float, float]:
    """Return the shares of a picture that are cut off: fractions, or 65536ths with an f behind them."""
    left, top, right, bottom = (_share(value(child(shape, "imagedata"), f"crop{side}")) for side in ("left", "top", "right", "bottom"))
    return (left, top, right, bottom) if left + right < 1 and top + bottom < 1 else (0.0, 0.0, 0.0, 0.0)


def _share(text: str) -> float:
    share = number(text.removesuffix("f"), 0.0) / (65_536 if text.endswith("f") else 1)
    return min(max(share, 0.0), 1.0)
