"""List the shapes of a drawing of a Word file, from back to front, whether in DrawingML or VML."""

from preprocess.docx.colours import Palette
from preprocess.docx.drawingml import add_drawingml, anchored_box, group_context, inline_box
from preprocess.docx.geometry import Visibility
from preprocess.docx.ooxml import Element, child, local, value
from preprocess.docx.shape import MISSING_PART, DrawingAnchor, DrawingContext, Plane, Shape, is_true, unplaced_box
from preprocess.docx.vml import VML_SHAPES, add_vml, vml_group_context

_GROUPS = frozenset({"wgp", "grpSp", "wpc", "group"})
_GRAPHICS = {"chart": "id", "relIds": "dm"}
"""Charts and diagrams, with the attribute that names the relationship to their part."""


def shapes(drawing: Element, anchor: DrawingAnchor, palette: Palette) -> list[Shape]:
    """Return all shapes of a drawing (a w:drawing, w:pict or w:object), from back to front."""
    collected: list[Shape] = []
    context = DrawingContext(anchor, palette, collected, None, Plane(0, 0, 1, 1), False, True)
    if local(drawing) == "txbxContent":
        collected.append(_text_shape(drawing, context))
    else:
        _collect(drawing, context)
    return collected


def _collect(element: Element, context: DrawingContext) -> None:
    for part in element.iterchildren("*"):
        name = local(part)
        if name in ("anchor", "inline"):
            box = anchored_box(part, context.anchor) if name == "anchor" else inline_box(part, context.anchor)
            is_hidden = is_true(value(child(part, "docPr"), "hidden"))
            floats = name == "anchor"
            count = len(context.collected)
            _collect(part, context._replace(box=box, is_hidden=is_hidden or context.is_hidden, is_floating=floats))
            if box is not None and len(context.collected) == count:  # what nothing here knows
                context.collected.append(Shape(box, is_hidden, (), Visibility.VISIBLE, is_floating=floats))
        elif name in _GROUPS:
            _collect(part, vml_group_context(part, context) if name == "group" else group_context(part, context))
        elif name in ("wsp", "sp", "pic"):
            add_drawingml(part, context)
        elif name in VML_SHAPES:
            add_vml(part, context)
        elif name == "txbxContent":
            context.collected.append(_text_shape(part, context))
        elif name in _GRAPHICS:
            context.collected.append(_graphic_shape(part, context))
        elif name not in ("shapetype", "unshown"):
            _collect(part, context)


def _text_shape(part: Element, context: DrawingContext) -> Shape:
    box = context.box or unplaced_box(context)
    return Shape(
        box, context.is_hidden, (), Visibility.VISIBLE, content=part, is_floating=context.is_floating, is_measured=context.box is not None
    )


def _graphic_shape(part: Element, context: DrawingContext) -> Shape:
    """Return the shape of a chart or a diagram, whose text is in a part of its own."""
    box = context.box or unplaced_box(context)
    _, path = context.anchor.pictures.get(value(part, _GRAPHICS[local(part)]), ("", ""))
    return Shape(
        box,
        context.is_hidden,
        (),
        Visibility.VISIBLE,
        is_floating=context.is_floating,
        is_measured=context.box is not None,
        graphic=path or MISSING_PART,
    )
