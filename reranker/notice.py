"""Define what engines tell people: codes with values, from which i18n makes the sentence (`[engine]` in i18n/*.toml)."""

from collections.abc import Callable
from typing import Any


class Notice:
    """One sentence about an engine, as a code and what fills its placeholders; a value may be a notice itself, or a tuple of them."""

    def __init__(self, code: str, **values: Any):
        self.code, self.values = code, values

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Notice) and (self.code, self.values) == (other.code, other.values)

    def __repr__(self) -> str:
        return f"{self.code}({', '.join(f'{name}={value!s}' for name, value in self.values.items())})"


Say = Callable[[Notice], None]


class EngineError(Exception):
    """An engine cannot be opened or cannot score. The sentence of its `notice` tells what to do."""

    def __init__(self, code: str, **values: Any):
        self.notice = Notice(code, **values)
        super().__init__(str(self.notice))


class NoCheckpoint(EngineError):
    """The model cannot be had where it should be, or is not whole, or of another kind; a later try may succeed."""


class NoSuchModel(NoCheckpoint):
    """No try will succeed: the name is none of a model that an engine could open."""
