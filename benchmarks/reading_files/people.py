"""List all the invented people, in a fixed order."""

from .people_english import ENGLISH
from .people_simplified import SIMPLIFIED
from .people_traditional import BILINGUAL, TRADITIONAL
from .resume import InventedPerson

PEOPLE: tuple[InventedPerson, ...] = (*ENGLISH, *SIMPLIFIED, *TRADITIONAL, *BILINGUAL)
_BY_KEY = {person.key: person for person in PEOPLE}


def person(key: str) -> InventedPerson:
    """Give one invented person by the short name of the trade."""
    return _BY_KEY[key]
