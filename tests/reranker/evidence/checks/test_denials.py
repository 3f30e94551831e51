"""What a resume refuses or denies beside what proves another part: the part that is there is a part, and the denying line is quoted."""

import pytest

from reranker.evidence.match_points import find_evidence
from reranker.evidence.requirements import Requirement
from tests.encoder import JUDGE

AWAY = "持有C1驾照，能接受每月15天以上出差"
KA = "有经销商渠道开发和管理经验，熟悉KA、流通、餐饮等渠道至少两种"
SELLER = "吴婷\n工作经历\n2019.04-至今 上海清沐日用品有限公司 KA销售经理\n负责永辉、大润发、沃尔玛华东系统\n自我评价\n"


@pytest.mark.parametrize(
    ("requirement", "resume", "said", "in_quote", "reason"),
    [
        (AWAY, "钱雨桐\n其他\nC1 驾照；不希望频繁出差", "partial", "不希望", "denied_part"),
        (AWAY, "钱雨桐\n其他\nC1 驾照\n不接受长期出差", "partial", "不接受", "denied_part"),
        (AWAY, "钱雨桐\n其他\n驾照：C1\n不便出差", "partial", "不便", "denied_part"),
        (AWAY, "錢雨桐\n其他\nC1 駕照；不想經常出差", "partial", "不想", "denied_part"),
        (AWAY, "孙浩\n驾照 C1，接受出差。", "partial", "C1", "amount_unsaid"),
        (AWAY, "许国栋\n驾照：C1（有车）\n可接受长期出差", "met", "C1", ""),
        (AWAY, "周明辉\n其他\n驾照C1，适应出差每月 20 天", "met", "C1", ""),
        (AWAY, "吴婷\n驾照 C1\n每月出差约10天。", "partial", "", "amount"),
        (AWAY, "冯静怡\n证书\nCET-6、计算机二级、C1驾照", "partial", "C1", ""),
        (AWAY, "周明辉\n驾照 C2，能经常出差", "not met", "", ""),
        ("持有护士执业证书，能适应夜班", "李静\n护士执业证书\n不能上夜班", "partial", "夜班", "denied_part"),
        ("能接受加班和倒班", "王强\n其他：不接受倒班", "no", "倒班", "denied"),
        (KA, SELLER + "熟悉KA和便利店渠道，未做过经销商。", "partial", "未做过", "denied_part"),
        (KA, SELLER + "熟悉KA和便利店渠道。\n没有做过经销商", "partial", "KA", ""),
        ("有海外项目经验", "杨三\n工作经历\n2018.03-至今 某工程公司 工程师\n负责国内电站项目，无海外项目经验", "no", "无海外", "denied"),
        ("熟悉Redis、Kafka或RocketMQ等中间件", "阮一\n技能\nJava、Python、Redis，没有用过 Kafka", "partial", "Redis", "denied_part"),
        ("持有电工证，能倒班", "韩二\n证书：低压电工证\n不接受倒班", "partial", "不接受", "denied_part"),
        ("英语CET-6，能接受出差", "韩一\nCET-6 500分；因家庭原因无法出差", "partial", "无法", "denied_part"),
        ("能适应经常加班", "陈十\n其他：不愿加班", "no", "不愿", "denied"),
    ],
)
def test_a_refusal_beside_a_proof(requirement: str, resume: str, said: str, in_quote: str, reason: str) -> None:
    [point] = find_evidence([Requirement(requirement, "must", ())], resume, JUDGE).points
    assert point.said != "met" if said == "not met" else point.said == said, point
    assert in_quote in point.quote, point
    assert said == "not met" or (point.reason.code if point.reason else "") == reason, point
