"""Which technologies a requirement wants, and what stands for them."""

from reranker.evidence.alternatives import skill_groups
from tests.each import each

OFFICE = {"Microsoft Office", "Excel", "PowerPoint", "WPS"}


@each(
    "text, groups",
    [
        ("熟练使用CRM系统及Office办公软件", [{"CRM"}, OFFICE]),
        ("技能：CRM系统、Office", [{"CRM"}, OFFICE]),
        ("熟练使用办公软件", [OFFICE]),
        ("熟悉 MySQL 或 PostgreSQL", [{"MySQL", "PostgreSQL"}]),
        ("Front office and head office administration", []),
    ],
)
def test_groups(text: str, groups: list[set[str]]):
    assert [set(group) for group in skill_groups(text)] == groups
