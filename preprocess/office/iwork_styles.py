"""Find how the characters of a Pages file look, as far as that tells whether a person sees them."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum

from preprocess.office.iwa import Fields, integer, messages

CHARACTER_STYLE, PARAGRAPH_STYLE = 2021, 2022
"""Kinds of objects."""

_MAX_PARENTS = 30
_MIN_SIZE = 1.0  # points
_MIN_ALPHA = 0.1
_LIGHT = 0.9  # of full red, green and blue; white paper is behind
_SUPER, _PARENT, _CHARACTERS, _PARAGRAPH = 1, 3, 11, 12  # fields of a style
_SIZE, _COLOUR, _BACKGROUND, _FILL = 3, 7, 26, 6  # fields of its properties
_ALPHA, _SHADES, _GREY, _MODEL, _IS_GREY = 6, (3, 4, 5), 11, 1, 3  # fields of a colour


class Appearance(Enum):
    """The look of characters as a person sees it."""

    SEEN = 1
    WHITE = 2
    """In the colour of the paper; it is seen if something dark lies behind it."""
    HIDDEN = 3


@dataclass(frozen=True)
class _Look:
    size: float | None = None
    is_white: bool | None = None
    is_transparent: bool | None = None
    has_background: bool = False

    def over(self, base: "_Look") -> "_Look":
        """Return this look where it says something, and the base's elsewhere."""
        told = {name: mine for name in ("size", "is_white", "is_transparent") if (mine := getattr(self, name)) is not None}
        return replace(base, has_background=self.has_background or base.has_background, **told)


class TextStyles:
    """The styles of one file, by the numbers of their objects."""

    def __init__(self, styles: Mapping[int, Fields]):
        self._styles = styles

    def appearance(self, paragraph: int, character: int) -> Appearance:
        """Return whether text is seen that has these styles (0: none)."""
        look = self._look(character).over(self._look(paragraph))
        if look.is_transparent or (look.size is not None and look.size < _MIN_SIZE):
            return Appearance.HIDDEN
        return Appearance.WHITE if look.is_white and not look.has_background else Appearance.SEEN

    def _look(self, identifier: int) -> _Look:
        look, seen = _Look(), set[int]()
        while identifier in self._styles and identifier not in seen and len(seen) < _MAX_PARENTS:
            seen.add(identifier)
            style = self._styles[identifier]
            look = look.over(_own_look(style))
            base = next(messages(style, _SUPER), {})
            identifier = integer(next(messages(base, _PARENT), {}), 1)
        return look


def _own_look(style: Fields) -> _Look:
    characters = next(messages(style, _CHARACTERS), {})
    paragraph = next(messages(style, _PARAGRAPH), {})
    colour = next(messages(characters, _COLOUR), {})
    shades = [_number(colour, number) for number in ([_GREY] if integer(colour, _MODEL) == _IS_GREY else _SHADES)]
    told = [shade for shade in shades if shade is not None]
    alpha = _number(colour, _ALPHA)
    return _Look(
        size=_number(characters, _SIZE),
        is_white=min(told) >= _LIGHT if told and len(told) == len(shades) else None,
        is_transparent=alpha < _MIN_ALPHA if alpha is not None else None,
        has_background=_BACKGROUND in characters or _FILL in paragraph,
    )


def _number(message: Fields, number: int) -> float | None:
    """Return a field of four bytes as a floating-point number."""
    content = next((content for content in message.get(number, []) if isinstance(content, bytes) and len(content) == 4), None)
    return struct.unpack("<f", content)[0] if content else None
