"""Define a certificate as a text states it, and what a job demands."""

from dataclasses import dataclass

from reranker.evidence.facts.credentials.phrases import NOTHING, Phrase
from reranker.evidence.facts.mentions import Standing


@dataclass(frozen=True)
class Certificate:
    """A certificate of the table by its `name` ("": one of no table, by its `phrase`), and how it stands.

    `is_part`: passed in part ("CPA 已过 4 门"), `passed` papers if said. `limits` are the trade, subject or state that it is for.
    """

    name: str
    standing: Standing = Standing.HAS
    is_part: bool = False
    passed: int | None = None
    phrase: Phrase = NOTHING
    limits: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True)
class CertificateDemand:
    """The certificates that a job names: of each group one suffices. `fields`: others of these fields do as well.

    `papers`: so many passed papers suffice; `planned`: being in preparation does ("CPA 在考或通过两科以上").
    """

    groups: tuple[tuple[Certificate, ...], ...]
    fields: frozenset[str] = frozenset()
    papers: int | None = None
    planned: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the table that are asked for."""
        return tuple(item.name for group in self.groups for item in group if item.name)
