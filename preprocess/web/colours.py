"""Parse colours as CSS and HTML write them into (red, green, blue, opacity)."""

import colorsys
import re

from PIL.ImageColor import colormap

Rgba = tuple[int, int, int, float]

_HEX = re.compile(r"#([0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})(?![0-9a-f])")
_FUNCTION = re.compile(r"(rgb|hsl)a?\(([^()]{1,80})\)")
_TRANSPARENT = (0, 0, 0, 0.0)


def colour(value: str) -> Rgba | None:
    """Return the first colour in a value (in lower case), None if there is none that is understood (`inherit`, `var(--x)`)."""
    if match := _HEX.search(value):
        digits = match[1] if len(match[1]) > 4 else "".join(digit * 2 for digit in match[1])
        red, green, blue, *alpha = bytes.fromhex(digits)
        return red, green, blue, alpha[0] / 255 if alpha else 1.0
    if match := _FUNCTION.search(value):
        return _of_function(match[1], re.split(r"[\s,/]+", match[2].strip()))
    for word in re.findall(r"(?<![\w-])[a-z]+(?![\w-])", value):
        if word == "transparent":
            return _TRANSPARENT
        if word in colormap:
            code = colormap[word]  # Pillow replaces those that it was asked for by their values
            return colour(code) if isinstance(code, str) else (*code[:3], 1.0)
    return None


def over(paint: Rgba, ground: Rgba) -> Rgba:
    """Return the opaque colour of a paint on a ground."""
    red, green, blue = (round(above * paint[3] + below * (1 - paint[3])) for above, below in zip(paint[:3], ground[:3], strict=True))
    return red, green, blue, 1.0


def _of_function(name: str, parts: list[str]) -> Rgba | None:
    if len(parts) not in (3, 4) or not all(re.fullmatch(r"-?\d{0,5}\.?\d{1,9}(?:%|deg)?", part) for part in parts):
        return None
    numbers = [float(part.rstrip("%deg")) for part in parts]
    alpha = numbers[3] / (100 if parts[3].endswith("%") else 1) if len(parts) == 4 else 1.0
    if name == "hsl":
        hue, saturation, light = numbers[0] / 360 % 1, numbers[1] / 100, numbers[2] / 100
        channels = [channel * 255 for channel in colorsys.hls_to_rgb(hue, _between(light, 1), _between(saturation, 1))]
    else:
        channels = [number * 2.55 if part.endswith("%") else number for number, part in zip(numbers, parts, strict=True)][:3]
    red, green, blue = (round(_between(channel, 255)) for channel in channels)
    return red, green, blue, _between(alpha, 1)


def _between(number: float, most: float) -> float:
    return min(max(number, 0.0), most)
