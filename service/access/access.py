"""Say whose rankings a user may see and delete, and whether they may administer (see administration.py)."""

from collections.abc import Callable
from dataclasses import dataclass


class NotAllowed(Exception):
    """Raised if somebody asks for what only administrators may do."""


@dataclass(frozen=True)
class Access:
    """The rules of this server. `admins` returns the administrators' names as they are now.

    Without an administrator everybody may administer; with private rankings nobody may then, for it would show them everybody's.
    """

    admins: Callable[[], frozenset[str]] = frozenset
    is_private: bool = False
    """True if everybody sees their own rankings only."""

    def runs_of(self, user: str) -> str | None:
        """Return the user whose rankings alone this user may see, None for everybody's. An administrator's are no exception."""
        return user if self.is_private else None

    def administers(self, user: str) -> bool:
        """Return whether this user may administer."""
        admins = self.admins()
        return user in admins if admins or self.is_private else True

    def sees_everybody(self, user: str) -> bool:
        """Return whether this user may look up stored people of everybody's rankings."""
        return not self.is_private or self.administers(user)

    def may_delete(self, user: str, owner: str) -> bool:
        """Return whether this user may delete a ranking of `owner`."""
        return user == owner or self.administers(user)

    def demand(self, user: str) -> None:
        """Raise NotAllowed unless this user may administer."""
        if not self.administers(user):
            raise NotAllowed

    def demand_everybody(self, user: str) -> None:
        """Raise NotAllowed unless this user may look up stored people of everybody's rankings."""
        if not self.sees_everybody(user):
            raise NotAllowed


EVERYBODY = Access()
"""Without administrators and private rankings: everybody may do all."""
