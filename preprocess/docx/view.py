"""What a person sees of a paragraph of a Word file: puts its looks, its place on the page and what lies over and under it together."""

from collections.abc import Sequence
from dataclasses import replace

from preprocess.docx import measure
from preprocess.docx.area import Area, Fill
from preprocess.docx.body import Body
from preprocess.docx.geometry import (
    ASIDE,
    BEHIND,
    TEXT,
    Box,
    Overlap,
    Sight,
    Span,
    above_or_below_page,
    overlap,
    sight_of,
    top_on_page,
    worse,
)
from preprocess.docx.hidden import Eye
from preprocess.docx.letters import Run
from preprocess.docx.ooxml import Element, value
from preprocess.docx.paragraphs import across, beside, frame
from preprocess.docx.pictures import Pictures
from preprocess.docx.shapes import Shape
from preprocess.docx.styles import Properties
from preprocess.docx.units import twips

_LEAST_GROUND = 0.2 * 72**2  # square points of a drawing that may set a text off
_USUAL = 10.0  # points; the size of an empty line
_LEAST_SHOWN = 0.3  # of the height of letters: what must be within the container's edge


class View:
    """Looks at the paragraphs of one file. `grounds` are the drawings of its page headers, which lie behind everything."""

    def __init__(self, eye: Eye, body: Body, pictures: Pictures, grounds: Sequence[Shape]):
        self._eye, self._body, self._pictures = eye, body, pictures
        self._grounds = [replace(shape, box=replace(shape.box, anchor=None, depth=(BEHIND - 1, *shape.box.depth))) for shape in grounds]

    def sights(self, paragraph: Element, runs: Sequence[Run], around: Properties, area: Area, local: Sequence[Shape]) -> list[Sight]:
        """Of each run, whether its letters are seen; `local` are the paragraph's own drawings. Counts the paragraph into its area."""
        sizes = [self._eye.size(run.looks) for run in runs]
        size = max((size for size, run in zip(sizes, runs, strict=True) if run.letters.strip()), default=_USUAL)
        wide = [measure.width(run.letters, size) for run, size in zip(runs, sizes, strict=True)]
        text = Span(sum(span.low for span in wide), sum(span.high for span in wide))
        line = measure.line_height(size, around.get("spacing.line", ""), around.get("spacing.lineRule", "auto"))
        area = self._framed(paragraph, around, area, text, line)
        room = area.sheet.width if area.width is None else area.width
        count = measure.lines(text, room)
        breaks = sum(run.breaks for run in runs)
        above = max(twips(around.get("spacing.before", ""), 0.0), 0.0)
        gap = above + twips(around.get("spacing.after", ""), 0.0)
        height = Span(above + max(count.low, 1 + breaks) * line.low, (count.high + breaks) * line.high + gap)
        place = self._box(paragraph, around, area, size, text, height)
        shapes = [shape for shape in (*self._body.covers, *local) if not (place.depth[0] == TEXT and shape.box.depth[0] == ASIDE)]
        sight = worse(area.sight, self._placed(around, area, size, text, height), self._covered(place, area, shapes))
        grounds = [shape for shape in [*shapes, *self._grounds] if shape.box.depth < place.depth and _is_ground(shape)]
        grounds.sort(key=lambda shape: shape.box.depth, reverse=True)
        sights = []
        before, broken = 0.0, 0
        for run, span in zip(runs, wide, strict=True):
            broken += run.breaks
            if not run.letters.strip():
                sights.append(Sight.SEEN)
                continue
            top = above + (before // max(room, 4.0) + broken) * line.low
            shown = worse(sight, self._shape_of(run, around, area), self._overflow(area, top, size))
            if shown is not Sight.HIDDEN:
                shown = worse(shown, self._colour(run, around, area, place, grounds))
            sights.append(shown)
            before += span.low
        area.fill.add(height)
        return sights

    def _shape_of(self, run: Run, around: Properties, area: Area) -> Sight:
        return self._eye.shape(run.looks, around, run.letters, area.sheet.height)

    def _framed(self, paragraph: Element, around: Properties, area: Area, text: Span, line: Span) -> Area:
        """The area of a paragraph in a frame; a letter that is dropped into its paragraph is none."""
        properties = around.get("framePr")
        if properties is None or value(properties, "dropCap") in ("drop", "margin"):
            return area
        box = frame(properties, area.sheet, paragraph, text, line)
        inner = None if box.grows and value(properties, "w") == "" else box.width
        limit = None if box.grows else box.height
        sight = worse(area.sight, sight_of(box, area.sheet, self._body.column))
        return replace(area, x=box.x, width=inner, origin=box, sight=sight, fill=Fill(limit), is_body=False)

    def _placed(self, around: Properties, area: Area, size: float, text: Span, height: Span) -> Sight:
        """Whether the paragraph's lines are on the page."""
        sight = Sight.SEEN
        if area.x is not None:
            width = area.sheet.width if area.width is None else area.width
            sight = beside(across(around, area.x, width, size, text), text, area.sheet)
        if area.origin is not None:
            top, taken = top_on_page(area.origin, area.sheet, self._body.column), area.fill.taken
            if above_or_below_page(Span(top.low + taken.low, top.high + taken.high), height.high, area.sheet):
                return Sight.HIDDEN
        return sight

    def _overflow(self, area: Area, top: float, size: float) -> Sight:
        """Whether a run that starts so far down its paragraph starts below the edge of what its container shows."""
        if area.fill.limit is None:
            return Sight.SEEN
        top += area.fill.taken.low
        return Sight.HIDDEN if top + _LEAST_SHOWN * size > area.fill.limit else Sight.SEEN

    def _box(self, paragraph: Element, around: Properties, area: Area, size: float, text: Span, height: Span) -> Box:
        """The most room that the paragraph's text may take."""
        width = area.sheet.width if area.width is None else area.width
        x = area.x or Span(0.0, area.sheet.width)
        lines = across(around, x, width, size, text)
        left, right = min(line.low for line in lines), max(line.high for line in lines)
        edges = Span(left, left + (x.high - x.low))
        if (origin := area.origin) is None:
            return Box(edges, 0.0, right - left, height.high, paragraph, paragraph)
        taken = area.fill.taken
        high = min(taken.high - taken.low + height.high, max(origin.height - taken.low, size))
        return Box(edges, origin.y + taken.low, right - left, high, origin.base, origin.anchor, origin.depth)

    def _covered(self, place: Box, area: Area, shapes: Sequence[Shape]) -> Sight:
        """Whether a drawing lies over the paragraph."""
        result = Sight.SEEN
        for shape in shapes:
            if shape.box.depth <= place.depth or not shape.is_floating or result.value >= shape.covers.value:
                continue
            how = overlap(place, shape.box, area.sheet, self._body.column)
            if how in (Overlap.INSIDE, Overlap.LIKELY):
                sight = self._pictures.covers(shape.picture) if shape.picture else shape.covers
                is_sure = how is Overlap.INSIDE or sight is Sight.SEEN
                result = worse(result, sight if is_sure else Sight.UNSURE)
        return result

    def _colour(self, run: Run, around: Properties, area: Area, place: Box, grounds: Sequence[Shape]) -> Sight:
        """Whether the letters stand out from what they are on."""
        if area.papers or not ("color" in run.looks or "textFill" in run.looks):
            return self._eye.stands_out(run.looks, around, area.papers, False)
        is_over = self._body.has_more
        for shape in grounds:
            how = overlap(place, shape.box, area.sheet, self._body.column)
            if how in (Overlap.INSIDE, Overlap.LIKELY):
                papers = shape.papers or self._pictures.papers(shape.picture)
                if papers:
                    is_over = is_over or how is Overlap.LIKELY
                    sight = self._eye.stands_out(run.looks, around, papers, False)
                    return Sight.UNSURE if sight is Sight.HIDDEN and is_over else sight
            is_over = is_over or how is not Overlap.APART
        return self._eye.stands_out(run.looks, around, (), is_over)


def _is_ground(shape: Shape) -> bool:
    return shape.is_floating and shape.box.width * shape.box.height >= _LEAST_GROUND
