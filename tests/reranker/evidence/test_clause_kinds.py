"""Each phrase of the table makes of a clause what its list says."""

import re
import tomllib
from pathlib import Path

from reranker.evidence import clause_kinds
from reranker.evidence.clause_kinds import demands, kinds
from tests.each import each


def demands_something(line: str) -> bool:
    return demands(kinds(line))


def phrases(section: str, *groups: str) -> list[str]:
    """Return what the table lists, written out with the first word of each slot."""
    table = tomllib.loads(Path(clause_kinds.__file__).with_name("clause_kinds.toml").read_text("utf-8"))
    slots = table["slots"]
    listed = [phrase for group in groups for phrase in table[section][group]]
    written = [re.sub(r"\{(\w+)\}", lambda slot: slots[slot[1]][0], phrase) for phrase in listed]
    samples = [re.sub(r"[\^$]", "", phrase).replace("#", "12").replace("…", "x") for phrase in written]
    return [sample if sample[-1].isalnum() else f"{sample}us" for sample in samples]


@each("phrase", phrases("offers", "perks", "pay", "equality", "visa", "contact", "company"))
def test_each_offer_of_the_table_asks_for_nothing(phrase: str):
    assert not demands_something(phrase)


@each("phrase", [*phrases("waived", "ahead", "behind"), *phrases("no_demand", "welcome", "self")])
def test_each_waiver_of_the_table_asks_for_nothing(phrase: str):
    assert not demands_something(phrase)


@each("cue", phrases("offers", "cues", "verbs"))
def test_each_demand_of_the_table_asks(cue: str):
    assert demands_something(f"{cue} 公积金")
