"""People of another trade than the team that is asked for are led elsewhere: 运营、美工、客服 9 人 are no sales team."""

import pytest

from reranker.evidence.match_points import find_evidence
from reranker.evidence.requirements import Requirement
from tests.encoder import JUDGE

SALES = "带过5人以上销售团队"
RESUME = "张三\n工作经历\n2021.03-至今 {}\n{}"


@pytest.mark.parametrize(
    ("requirement", "job", "deed", "is_met"),
    [
        (SALES, "杭州食倾电子商务有限公司 天猫运营经理", "管理运营、美工、客服 9 人", False),
        (SALES, "味源食品有限公司 浙江区域经理", "管理销售团队 12 人，负责招聘、培训、月度考核", True),
        (SALES, "安徽康衡医疗器械有限公司 华东区域经理", "带领 8 人销售团队，完成率 110%", True),
        (SALES, "上海清沐日用品有限公司 KA销售经理", "管理业务员5人，促销员60人", True),
        ("带过10人以上软件开发团队", "某物业公司 项目经理", "管理 20 名保洁员", False),
        ("帶過5人以上銷售團隊", "某飯店 外場主任", "管理服務員 9 人", False),
        ("管理过5人以上财务团队", "某集团 财务经理", "管理会计、出纳共 8 人", True),
        ("管理过5人以上财务团队", "某集团 行政经理", "管理司机、保安共 8 人", False),
        ("Led a sales team of at least 5", "Grand Hotel, Manager", "Managed 12 chefs", False),
    ],
)
def test_a_team_of_another_trade(requirement: str, job: str, deed: str, is_met: bool) -> None:
    [point] = find_evidence([Requirement(requirement, "must", ())], RESUME.format(job, deed), JUDGE).points
    assert (point.said == "met") is is_met, point
