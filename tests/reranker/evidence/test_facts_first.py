"""What the facts of a resume say where the judge is misled by words that are near: other papers, classes of employers, equipment."""

import pytest

from reranker.evidence.match_points import find_evidence
from reranker.evidence.requirements import Requirement
from tests.encoder import JUDGE

LISTED = "有外资企业或上市公司工作经验者优先"
EQUIPMENT = "3年以上设备维护或电气自动化经验"


@pytest.mark.parametrize(
    ("requirement", "resume", "said", "in_quote"),
    [
        ("持有中级会计师证书", "证书\n一级造价工程师（2018）；中级工程师\n技能\n广联达", "missing", ""),
        ("持有中级会计师证书", "证书：一级造价工程师，中级工程师职称", "missing", ""),
        ("CPA、CMA优先考虑", "证书：中级会计师（2025年）", "missing", ""),
        ("持有一级建造师证书", "证书：二级造价师", "missing", ""),
        ("持有护士执业证书", "证书\n健康管理师、育婴师证", "missing", ""),
        ("持有中級會計師證書", "證照：一級造價工程師", "missing", ""),
        ("持有中级会计师证书", "证书：中级会计师（2019年）", "met", "中级会计师"),
        ("持有中级会计师证书", "证书：注册会计师（CPA，2009）  高级会计师", "met", "高级会计师"),
        (LISTED, "工作经历\n苏州宏远汽车零部件有限公司（上市公司子公司）  2016年3月 – 至今\n成本主管", "met", "上市公司"),
        (LISTED, "工作经历\n2016.03-至今 苏州永兴纺织厂 会计\n负责税务申报，准备上市公司年报资料的翻译", "not met", ""),
        (EQUIPMENT, "工作经历\n2018.03-至今 合川物流 设备工程师\n负责冲压车间 47 台设备的预防性维护", "met", ""),
        (
            EQUIPMENT,
            "工作经历\n2022.03-至今 云栖信息 资深设备工程师\n负责冲压车间 19 台设备的预防性维护\n2021.07-2022.02 云栖信息 设备工程师",
            "met",
            "设备",
        ),
        (EQUIPMENT, "工作经历\n2018.03-至今 合川物流 仓库管理员\n盘点、收发货", "not met", ""),
    ],
)
def test_facts_first(requirement: str, resume: str, said: str, in_quote: str) -> None:
    [point] = find_evidence([Requirement(requirement, "must", ())], "张三\n" + resume, JUDGE).points
    assert point.said != "met" if said == "not met" else point.said == said, point
    assert in_quote in point.quote
