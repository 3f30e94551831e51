"""Blank out words in longer names that mean another: no 前端 in 射频前端, no guard in cloud security, no people led by 经销商管理."""

import re

_NAMESAKES = re.compile(
    r"(?:射频|模拟|微波|毫米波|天线|雷达|接收机?|读出|数字(?:IC|芯片|电路)|IC|芯片|电源)(?:电路|信号|芯片|系统)?(?P<behind>前端|后端)"
    r"|(?P<before>前端|后端)(?:模组|版图|物理设计|物理实现|布局布线)"
    r"|(?:经销商|代理商|渠道|客户|供应商|会员|项目|产品|库存|仓储|合同|质量"
    r"|风险|成本|财务|资金|数据|设备|进度|物料|档案|资产|预算"
    r"|税务|品牌|商品|内容|社区|时间"
    r"|配置|版本|需求|安全|环境|知识|信息|车辆|固定资产)管理(?P<managed>经[验历])"
    r"|\b(?:application|app|network|cloud|IT|data|product|software|web|API|endpoint)[ -](?P<secured>security)\b"
    r"|\b(?:RF|analog(?:ue)?|radio|optical|physical design|IC|ASIC|VLSI|chip|design) (?P<end_behind>(?:front|back)[- ]?end)\b"
    r"|\b(?P<end_before>(?:front|back)[- ]end)[- ](?:loaders?|engineering design|modules?"
    r"|suspension|alignment|bearings?|of house|cashiers?|supervisors?"
    r"|clerks?|desk|of (?:the )?line|wafer|fab)\b",
    re.IGNORECASE,
)


def without_namesakes(text: str) -> str:
    """Return the text with blanks in place of such words, so that every other character stays where it stood."""
    return _NAMESAKES.sub(_blanked, text)


def _blanked(match: re.Match[str]) -> str:
    start, end = (at - match.start() for at in match.span(match.lastgroup or 0))
    return match[0][:start] + " " * (end - start) + match[0][end:]
