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
        ("a WMS (Manhattan, Blue Yonder or SAP EWM)", [{"WMS", "SAP"}]),
        ("会用ERP系统（金蝶、用友或SAP）", [{"ERP", "金蝶", "用友", "SAP"}]),
        ("CRM (Salesforce, HubSpot or similar)", [{"CRM", "Salesforce", "HubSpot"}]),
        ("Java (Spring Boot or Micronaut)", [{"Java"}, {"Spring Boot", "Micronaut"}]),  # Java is no kind of these
        ("Front office and head office administration", []),
    ],
)
def test_groups(text: str, groups: list[set[str]]):
    assert [set(group) for group in skill_groups(text)] == groups
