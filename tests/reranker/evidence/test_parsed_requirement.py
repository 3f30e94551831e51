"""What a requirement asks for as a whole: nothing but facts, or more; and what only looks like a technology in it."""

import pytest

from reranker.evidence.parsed_requirement import parse_requirement


@pytest.mark.parametrize(
    "requirement, only_facts",
    [
        ("Bachelor's degree in logistics, supply chain or similar, or equivalent experience", True),
        ("Degree in marketing, communications or a related field", True),
        ("Bachelor's degree in finance, or relevant experience", True),
        ("BSc in biology, chemistry, or another life science, or comparable work experience", True),
        ("Degree educated, or able to demonstrate equivalent experience", True),
        ("A degree in hospitality management, or equivalent industry experience", True),
        ("Higher education diploma in childcare, teaching or similar", True),
        ("First degree, ideally in maths, physics or engineering", True),
        ("本科学历，物流、供应链管理等相关专业，或同等经验", True),
        ("Bachelor's degree in business, strong accounting skills", False),
        ("Degree in law, excellent drafting", False),
        ("Degree in logistics, warehouse experience", False),
        ("Bachelor's degree in engineering, 5 years in production", False),
    ],
)
def test_a_list_of_subjects_and_experience_instead_are_of_the_degree(requirement: str, only_facts: bool):
    assert parse_requirement(requirement).only_facts is only_facts


@pytest.mark.parametrize(
    "requirement, technologies",
    [
        ("Lean Six Sigma Green Belt", []),
        ("AWS Certified Solutions Architect", []),
        ("Salesforce Administrator certification", []),
        ("Oracle OCP 认证优先", []),
        ("持有阿里云ACP认证", []),
        ("供应链管理、物流相关专业本科", []),
        ("熟悉 Oracle，持有 OCP 证书", ["Oracle"]),
        ("计算机、人工智能、大数据相关专业本科，熟悉大数据平台", ["大数据"]),
        ("Bachelor's degree in computer science and 3 years of Java", ["Java"]),
    ],
)
def test_the_name_of_a_certificate_or_a_subject_is_no_technology(requirement: str, technologies: list[str]):
    assert [name for group in parse_requirement(requirement).groups for name in group] == technologies
