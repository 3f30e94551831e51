"""Lines that show a topic of work, and lines in the same words that tell of something else."""

from reranker.evidence.topics import lines_showing, topics_of
from tests.each import each

CASES = [
    ("Full UK driving licence", "Arabic, Spanish (C1), English", 0),
    ("持有C1驾照", "西班牙语（C1），英语", 0),
    ("持有C1驾照", "驾照C1", 1),
    ("持有C1驾照", "驾驶：C1", 1),
    ("会开车", "C1驾驶证", 1),
    ("会开车", "C1本，驾龄3年", 1),
    ("有驾照", "德语C1，英语B2", 0),
    ("参与公司B端SaaS产品的前端架构设计", "现金、银行收付，网银，报销单据审核", 0),
    ("有B端产品经验", "负责员工考勤与薪资核算", 0),
    ("有B端产品经验", "做过审批、考勤、报销三条产品线", 1),
    ("有B端产品经验", "审批流引擎：走访46家企业", 1),
    ("有性能优化实战经验", "动态成本管理、分包结算", 0),
    ("有性能优化实战经验", "打包体积优化（Vite 分包）", 1),
    ("有经销商管理经验", "带3名新人", 0),
    ("有经销商管理经验", "管理经销商12家", 1),
    ("有团队管理经验", "带领5人小组", 1),
    ("3年以上管理经验", "带领5人小组", 1),
    ("具备项目管理经验", "带领5人小组", 0),
    ("有管理经验", "管理15人团队", 1),
    ("有库存管理经验", "管理15人团队", 0),
    ("熟悉构建工具", "Introduced a delirium bundle", 0),
]


@each("requirement, line, shows", CASES)
def test_a_line_shows_a_topic_or_only_has_its_word(requirement, line, shows):
    shown = lines_showing(topics_of(requirement), line, [(0, len(line))])
    assert any(shown.values()) == bool(shows)
