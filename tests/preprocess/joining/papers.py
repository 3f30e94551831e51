"""Provide what people send: resumes in two languages, letters, a certificate, and the words of a mail."""

from preprocess.document import Document
from preprocess.plain_text import pasted_document

RESUME = """林知遥
电话：13900000022 | 邮箱：linzhiyao@example.com
教育背景
2018.09-2022.06 浙江大学 计算机科学 本科
工作经历
2022.07-至今 某某科技 后端工程师
- 用 Python 负责订单服务的设计与实现，接口延迟下降 40%
- 负责消息队列的选型与迁移，日均处理两千万条消息
专业技能
Python、MySQL、Redis、Kafka"""

NEWER = RESUME.replace("2022.07-至今 某某科技", "2025.01-至今 新公司 高级后端工程师\n- 负责结算平台\n2022.07-2024.12 某某科技")

ENGLISH = """Zhiyao LIN
Phone: +86 139 0000 0022 | linzhiyao@example.com
Education
Sep 2018 - Jun 2022 Zhejiang University, B.Sc. in Computer Science
Work experience
Jul 2022 - present, backend engineer at Some Tech
- Designed and built the order service in Python, latency down by 40%
Skills
Python, MySQL, Redis, Kafka"""

OTHER = """陈屿舟
电话：13700000033 | 邮箱：chenyuzhou@example.com
教育背景
2015.09-2019.06 某某大学 会计学 本科
工作经历
2019.07-至今 某某集团 总账会计
- 编制月报与年报，组织税务申报，对接外部审计
专业技能
Excel、SAP、用友"""

NAMESAKE = OTHER.replace("陈屿舟", "林知遥")

LETTER = """尊敬的招聘经理：
您好！我是林知遥，看到贵公司招聘后端工程师，非常希望加入。三年里我一直在做电商系统，
熟悉高并发场景，也带过两名新人；对贵公司的支付业务很感兴趣，希望能有面试的机会。
此致
敬礼
林知遥"""

SIGNED_LETTER = f"{LETTER}\n电话：13900000022"

BODY = "您好，\n附件是我的简历，请查收。"

FORWARDED = "王经理，转发一份简历，您看看是否合适，我觉得挺好的，上周和他聊过一次，期望薪资三万左右，随时可以到岗。\n李娜 13711112222"

CERTIFICATE = "荣誉证书\n林知遥 同学\n在 2021 年全国大学生程序设计竞赛中荣获一等奖"


def document(name: str, text: str) -> Document:
    """Return a text as read of a file."""
    return pasted_document(text, name)
