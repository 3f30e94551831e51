"""How wide characters are in a usual font, for files that do not say where each one stands."""

_NARROW, _WIDE = frozenset("ijltfrI.,:;'|!()[]{}/ -·"), frozenset("mwMWOQ@%—…")


def natural_width(character: str) -> float:
    """Return the width in em: 1 for Chinese, between 0.3 and 0.85 for others."""
    if character >= "⺀" or character in "“”‘’—…":
        return 1.0
    if character in _NARROW:
        return 0.3
    return 0.85 if character in _WIDE else 0.62 if character.isupper() else 0.52
