"""Detect lines of a resume that name a duty and nothing specific: 负责日常开发与维护, participated in various projects."""

import re

from preprocess.lexicon.characters import CJK, width

OWN_CHINESE, OWN_ENGLISH = 1 / 4, 1 / 8
"""The shares of a vague line that may be words of its own: of its characters, or of its words, half of which are "the" and "of"."""

_DUTY = re.compile(
    r"负责(?!人)|参与|协助|配合|从事|承担|按照|(?:^|[，。；])\W{0,3}(?:完成|处理|维护)"
    r"|^\W*(?:\w+ ){0,2}(?:responsible|participat(?:ed?|ing)|assist(?:ed|ing)?|help(?:ed|ing)?|involved|work(?:ed|ing)?|support(?:ed|ing)?"
    r"|handl(?:ed?|ing)|perform(?:ed|ing)?|contribut(?:ed?|ing)|maintain(?:ed|ing)?|collaborat(?:ed?|ing)|provid(?:ed?|ing)|ensur(?:ed?|ing)"
    r"|develop(?:ed|ing)?|t(?:ook|ake) part|duties|manag(?:ed?|ing))\b",
    re.IGNORECASE,
)
_NAMED = re.compile(r"[\d《》「」“”\"@]|(?<=[a-z,)] )[A-Z]")
_CHINESE = re.compile(f"[{CJK}]")
_WORD = re.compile(r"[A-Za-z][\w'’-]*")
_ENDING = re.compile(r"(?:ings?|ed|es|e|d|s)$")

_COMMON_CHINESE = (
    # what is done
    "负责 参与 参加 协助 配合 从事 承担 完成 处理 编写 撰写 维护 维修 保养 开发 研发 设计 实现 优化 改进 完善 升级 迭代 测试 联调 调试 "
    "上线 部署 修复 解决 排查 推进 推动 协调 沟通 对接 合作 了解 提供 保证 保障 保持 确保 提升 提高 跟踪 跟进 提交 执行 策划 组织 制定 "
    "整理 收集 归档 录入 登记 更新 分析 管理 运营 运维 实施 监督 监控 开展 安排 交办 下达 按照 按时 及时 根据 支持 讨论 评审 规划 建设 "
    "搭建 编码 记录 汇总 统计 反馈 落实 检查 审核 培训 指导 学习 服务 接待 "
    # what it is done to
    "公司 企业 部门 团队 小组 成员 人员 同事 领导 上级 经理 客户 用户 供应商 项目 系统 平台 产品 业务 需求 功能 模块 接口 代码 程序 "
    "版本 前端 后端 后台 服务端 页面 界面 网站 软件 应用 数据 数据库 文档 文件 资料 材料 报告 报表 用例 缺陷 工作 任务 事务 事项 事宜 "
    "问题 意见 建议 内容 信息 资源 渠道 方案 技术 架构 流程 进度 性能 质量 效率 活动 会议 环境 设备 关系 目标 计划 规范 标准 情况 "
    # the trades
    "行政 人事 招聘 面试 简历 筛选 入职 考勤 薪酬 绩效 员工 新人 档案 合同 财务 会计 账务 记账 税务 报销 单据 凭证 销售 市场 推广 顾客 "
    "咨询 投诉 店铺 门店 采购 客服 售后 物料 仓库 盘点 出入库 发货 收货 货物 教学 学生 家长 课程 教案 备课 授课 患者 病人 护理 病历 "
    "生产 现场 车间 安全 工程 施工 图纸 验收 文案 素材 海报 图片 视频 拍摄 剪辑 推文 公众号 社群 粉丝 选题 移动端 客户端 安卓端 战略 "
    "策略 "
    # how, and how much
    "日常 相关 各类 各种 各项 多个 多种 多项 若干 部分 其他 其它 其余 一些 现有 已有 已知 原有 内部 外部 线上 线下 核心 主要 重要 基础 "
    "具体 相应 整体 整个 全部 所有 全过程 过程 突发 稳定 正常 顺利 有效 高效 良好 优质 积极 认真 主动 独立 共同 定期 不断 要求 指标 "
    "运行 使用 生命周期 阶段 环节 方面 之间 以及 并且 从而 通过 进行 的 和 与 及 等 并 对 了 地 在 为 由 其 中 各 新 好 后 前 向 给 或 "
    "以 所 "
)
_COMMON_ENGLISH = (
    # what is done
    "responsible responsibilities participate assist assistance help involve work support handle perform performance contribute "
    "maintain maintenance collaborate collaboration provide ensure develop development take took taken part play role build built "
    "building create write wrote written design implement implementation test deploy deployment fix fixes resolve resolution solve "
    "deliver gather manage management plan planning plann execute coordinate coordination communicate communication report monitor "
    "improve improvement update review attend complete meet met follow achieve generate promote enhance maximize share identify "
    "prepare organize organise analyze analyse analysis debug debugg document documentation train conduct oversee oversaw troubleshoot "
    # what it is done to
    "team project system application app software website web page feature code bug issue problem task duty duties assign assignment "
    "requirement solution product service process processes operation activity activities function functionality module data database "
    "tool program client customer user stakeholder manager supervisor leadership guidance staff colleague member employee personnel "
    "department company business organization organisation office inquiries enquiries question request need queries feedback record "
    "transaction information equipment area relationship partner vendor skill knowledge result satisfaction change level job order "
    "initiative strategy strategies lifecycle life cycle phase stage release quality deadline time budget scope environment backend "
    "frontend back-end front-end marketing sales administrative administration admin technical production end event campaign schedule "
    "standard practice procedure policies goal success experience "
    # the trades
    "patient care student parent classroom lesson food inventory shipment warehouse invoice account payroll hire recruitment interview "
    "appointment phone call email file filing supply supplies purchase "
    # how, and how much
    "various several multiple different many some other others all any each new existing current general daily weekly monthly "
    "day-to-day everyday regular routine ongoing high high-quality clean maintainable efficient effective efficiently effectively "
    "smooth smoothly timely manner successful successfully properly closely directly actively well good best positive accurate "
    "friendly flexible innovative professional strategic internal external related relevant require necessary appropriate key specific "
    "special functional operational cross-functional agile scrum fast-paced dynamic diverse large small overall entire full basis base "
    "variety range number aspect day ad-hoc user-friendly a an the and or of in on to for with as by at from within across throughout "
    "into that which were was is are be been being their its this these those while also include both up out own my our his her who it "
    "them they such per under through not only but use "
)
_COMMON = re.compile("|".join(sorted(_COMMON_CHINESE.split(), key=len, reverse=True)))


def is_vague(line: str) -> bool:
    """Return whether a line names a duty and hardly any words but those that any resume could have.

    Figures and names always make a line specific. Results in words ("passed without findings") are left to the caller.
    """
    if width(line) < 12 or not is_duty(line) or _NAMED.search(line):
        return False
    words, characters = _WORD.findall(line), _CHINESE.findall(line)
    if characters:
        return not words and len(_CHINESE.findall(_COMMON.sub("", line))) <= OWN_CHINESE * len(characters)
    return len(words) >= 4 and sum(_stem(word) not in _ROOTS for word in words) <= OWN_ENGLISH * len(words)


def is_duty(line: str) -> bool:
    """Return whether a line says that somebody did something, however vaguely."""
    return _DUTY.search(line) is not None


def _stem(word: str) -> str:
    """Return the word in lower case without its ending: enough to match forms of common words."""
    return _ENDING.sub("", word.lower())


_ROOTS = frozenset(_COMMON_ENGLISH.split()) | frozenset(map(_stem, _COMMON_ENGLISH.split()))  # "need" would lose its "ed"
