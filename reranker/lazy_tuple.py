"""Build a tuple only when it is read: a run yields one after every score, of which a page reads a few per second."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar, overload

Item = TypeVar("Item")


class LazyTuple(Sequence[Item]):
    """The items that `make` returns, always the same ones; it is called at most once (twice, where two threads look at a time).

    `length` is how many they will be, where that is known before.
    """

    def __init__(self, make: Callable[[], tuple[Item, ...]], length: int | None = None):
        self._make, self._length = make, length
        self._items: tuple[Item, ...] | None = None

    @property
    def items(self) -> tuple[Item, ...]:
        """The items, made now if nobody has read them yet."""
        if self._items is None:
            self._items = self._make()
        return self._items

    def __len__(self) -> int:
        return len(self.items) if self._length is None else self._length

    @overload
    def __getitem__(self, index: int) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Item, ...]: ...
    def __getitem__(self, index: int | slice) -> Item | tuple[Item, ...]:
        return self.items[index]

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items)
