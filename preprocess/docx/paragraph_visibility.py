"""Decide whether a person sees a paragraph of a Word file: by its formatting, its position, and what lies over and under it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from preprocess.docx import measure
from preprocess.docx.body import BodyLayout
from preprocess.docx.colours import Colour
from preprocess.docx.geometry import (
    ASIDE,
    BEHIND,
    TEXT,
    Bounds,
    Box,
    Overlap,
    PageSetup,
    Visibility,
    box_visibility,
    is_above_or_below_page,
    least_visible,
    overlap,
    top_on_page,
)
from preprocess.docx.letter_visibility import LetterVisibility
from preprocess.docx.letters import TextRun
from preprocess.docx.measure import twips
from preprocess.docx.ooxml import Element, value
from preprocess.docx.paragraphs import frame_box, line_extents, lines_visibility
from preprocess.docx.pictures import Pictures
from preprocess.docx.shape import Shape
from preprocess.docx.styles import Properties

_MIN_BACKDROP = 0.2 * 72**2  # square points of a drawing that may set a text off
_USUAL = 10.0  # points; the size of an empty line
_MIN_SHOWN = 0.3  # of the height of letters: what must be within the container's edge

_NOTHING = Bounds(0.0, 0.0)


@dataclass
class UsedHeight:
    """Height that the paragraphs read so far take in a container, in points; `limit` is the visible height, None if all is shown."""

    limit: float | None = None
    used: Bounds = _NOTHING

    def add(self, height: Bounds) -> None:
        """Add the height of one more paragraph, in points."""
        self.used = Bounds(self.used.low + height.low, self.used.high + height.high)


@dataclass(frozen=True)
class Area:
    """One container of text. `x` is its left edge on the page and `width` its width in points; None: the file does not say.

    `backgrounds` are the colours behind its text (empty: none), `formatting` the run properties of its table style, `box_around` the
    text box or frame that it is, `visibility` that of the container itself.
    """

    page: PageSetup
    x: Bounds | None
    width: float | None
    visibility: Visibility = Visibility.VISIBLE
    backgrounds: tuple[Colour | None, ...] = ()
    formatting: Properties = field(default_factory=dict)
    box_around: Box | None = None
    is_body: bool = False
    used_height: UsedHeight = field(default_factory=UsedHeight)


class ParagraphVisibility:
    """Judge the paragraphs of one file. `backdrops` are the drawings of its page headers, which lie behind everything."""

    def __init__(self, eye: LetterVisibility, body: BodyLayout, pictures: Pictures, backdrops: Sequence[Shape]):
        self._eye, self._body, self._pictures = eye, body, pictures
        self._grounds = [replace(shape, box=replace(shape.box, anchor=None, depth=(BEHIND - 1, *shape.box.depth))) for shape in backdrops]

    def run_visibilities(
        self, paragraph: Element, runs: Sequence[TextRun], paragraph_format: Properties, area: Area, own_shapes: Sequence[Shape]
    ) -> list[Visibility]:
        """Return the visibility of each run; `own_shapes` are the paragraph's own drawings. Adds the paragraph's height to its area."""
        sizes = [self._eye.size(run.formatting) for run in runs]
        size = max((size for size, run in zip(sizes, runs, strict=True) if run.letters.strip()), default=_USUAL)
        widths = [measure.width(run.letters, size) for run, size in zip(runs, sizes, strict=True)]
        text = Bounds(sum(span.low for span in widths), sum(span.high for span in widths))
        line = measure.line_height(size, paragraph_format.get("spacing.line", ""), paragraph_format.get("spacing.lineRule", "auto"))
        area = self._framed(paragraph, paragraph_format, area, text, line)
        room = area.page.width if area.width is None else area.width
        count = measure.lines(text, room)
        breaks = sum(run.breaks for run in runs)
        above = max(twips(paragraph_format.get("spacing.before", ""), 0.0), 0.0)
        gap = above + twips(paragraph_format.get("spacing.after", ""), 0.0)
        height = Bounds(above + max(count.low, 1 + breaks) * line.low, (count.high + breaks) * line.high + gap)
        text_box = self._box(paragraph, paragraph_format, area, size, text, height)
        shapes = [shape for shape in (*self._body.covers, *own_shapes) if not (text_box.depth[0] == TEXT and shape.box.depth[0] == ASIDE)]
        visibility = least_visible(
            area.visibility, self._placed(paragraph_format, area, size, text, height), self._covered(text_box, area, shapes)
        )
        backdrops = [shape for shape in [*shapes, *self._grounds] if shape.box.depth < text_box.depth and _is_backdrop(shape)]
        backdrops.sort(key=lambda shape: shape.box.depth, reverse=True)
        run_visibilities = []
        before, broken = 0.0, 0
        for run, span in zip(runs, widths, strict=True):
            broken += run.breaks
            if not run.letters.strip():
                run_visibilities.append(Visibility.VISIBLE)
                continue
            top = above + (before // max(room, 4.0) + broken) * line.low
            visibility_of_run = least_visible(visibility, self._shape_of(run, paragraph_format, area), self._overflow(area, top, size))
            if visibility_of_run is not Visibility.HIDDEN:
                visibility_of_run = least_visible(visibility_of_run, self._colour(run, paragraph_format, area, text_box, backdrops))
            run_visibilities.append(visibility_of_run)
            before += span.low
        area.used_height.add(height)
        return run_visibilities

    def _shape_of(self, run: TextRun, paragraph_format: Properties, area: Area) -> Visibility:
        return self._eye.shape(run.formatting, paragraph_format, run.letters, area.page.height)

    def _framed(self, paragraph: Element, paragraph_format: Properties, area: Area, text: Bounds, line: Bounds) -> Area:
        """Return the area of a paragraph in a frame; a drop cap has none."""
        properties = paragraph_format.get("framePr")
        if properties is None or value(properties, "dropCap") in ("drop", "margin"):
            return area
        box = frame_box(properties, area.page, paragraph, text, line)
        inner = None if box.grows and value(properties, "w") == "" else box.width
        limit = None if box.grows else box.height
        visibility = least_visible(area.visibility, box_visibility(box, area.page, self._body.column))
        return replace(area, x=box.x, width=inner, box_around=box, visibility=visibility, used_height=UsedHeight(limit), is_body=False)

    def _placed(self, paragraph_format: Properties, area: Area, size: float, text: Bounds, height: Bounds) -> Visibility:
        """Return whether the paragraph's lines are on the page."""
        visibility = Visibility.VISIBLE
        if area.x is not None:
            width = _width_on_page(area) if area.width is None else area.width
            visibility = lines_visibility(line_extents(paragraph_format, area.x, width, size, text), text, area.page)
        if area.box_around is not None:
            top, used = top_on_page(area.box_around, area.page, self._body.column), area.used_height.used
            if is_above_or_below_page(Bounds(top.low + used.low, top.high + used.high), height.high, area.page):
                return Visibility.HIDDEN
        return visibility

    def _overflow(self, area: Area, top: float, size: float) -> Visibility:
        """Return whether a run that starts so far down its paragraph starts below the visible edge of its container."""
        if area.used_height.limit is None:
            return Visibility.VISIBLE
        top += area.used_height.used.low
        return Visibility.HIDDEN if top + _MIN_SHOWN * size > area.used_height.limit else Visibility.VISIBLE

    def _box(self, paragraph: Element, paragraph_format: Properties, area: Area, size: float, text: Bounds, height: Bounds) -> Box:
        """Return the largest box that the paragraph's text may take."""
        width = area.page.width if area.width is None else area.width
        x = area.x or Bounds(0.0, area.page.width)
        lines = line_extents(paragraph_format, x, width, size, text)
        left, right = min(line.low for line in lines), max(line.high for line in lines)
        edges = Bounds(left, left + (x.high - x.low))
        if (box_around := area.box_around) is None:
            return Box(edges, 0.0, right - left, height.high, paragraph, paragraph)
        used = area.used_height.used
        high = min(used.high - used.low + height.high, max(box_around.height - used.low, size))
        return Box(edges, box_around.y + used.low, right - left, high, box_around.base, box_around.anchor, box_around.depth)

    def _covered(self, text_box: Box, area: Area, shapes: Sequence[Shape]) -> Visibility:
        """Return whether a drawing covers the paragraph."""
        result = Visibility.VISIBLE
        for shape in shapes:
            if shape.box.depth <= text_box.depth or not shape.is_floating or result.value >= shape.covers.value:
                continue
            overlapping = overlap(text_box, shape.box, area.page, self._body.column)
            if overlapping in (Overlap.INSIDE, Overlap.LIKELY):
                visibility = self._pictures.covers(shape.picture) if shape.picture else shape.covers
                is_sure = overlapping is Overlap.INSIDE or visibility is Visibility.VISIBLE
                result = least_visible(result, visibility if is_sure else Visibility.UNSURE)
        return result

    def _colour(self, run: TextRun, paragraph_format: Properties, area: Area, text_box: Box, backdrops: Sequence[Shape]) -> Visibility:
        """Return whether the letters contrast with what is behind them."""
        if area.backgrounds or not ("color" in run.formatting or "textFill" in run.formatting):
            return self._eye.contrast(run.formatting, paragraph_format, area.backgrounds, False)
        is_over = self._body.has_more
        for shape in backdrops:
            overlapping = overlap(text_box, shape.box, area.page, self._body.column)
            if overlapping in (Overlap.INSIDE, Overlap.LIKELY):
                backgrounds = shape.backgrounds or self._pictures.backgrounds(shape.picture)
                if backgrounds:
                    is_over = is_over or overlapping is Overlap.LIKELY
                    visibility = self._eye.contrast(run.formatting, paragraph_format, backgrounds, False)
                    return Visibility.UNSURE if visibility is Visibility.HIDDEN and is_over else visibility
            is_over = is_over or overlapping is not Overlap.APART
        return self._eye.contrast(run.formatting, paragraph_format, (), is_over)


def _width_on_page(area: Area) -> float:
    """Return how wide an area of unknown width is at most: a cell that takes the room it needs ends on the page."""
    left = area.x.low if area.x and not area.box_around else 0.0
    return area.page.width - (left if 0 < left < area.page.width else 0.0)


def _is_backdrop(shape: Shape) -> bool:
    return shape.is_floating and shape.box.width * shape.box.height >= _MIN_BACKDROP
