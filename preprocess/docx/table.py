"""One table row → lines: label grids read as `姓名：张三  电话：…`, cells that hold whole paragraphs keep them."""

import re

from preprocess.lexicon.characters import CJK, is_cjk

_WHOLE_PARAGRAPH = 60  # characters; a longer cell stands on a line of its own
_LABELS_LIST = """
姓名 性别 年龄 出生年月 出生日期 生日 民族 籍贯 户籍 户口 户口所在地 现居地 现居住地 居住地 现住址 住址 地址 通讯地址
所在地 所在城市 城市 学历 最高学历 学位 专业 所学专业 学校 毕业院校 毕业学校 院校 毕业时间 政治面貌 婚姻状况 婚否 身高 体重
健康状况 国籍 电话 手机 手机号 手机号码 联系电话 联系方式 邮箱 电子邮箱 电子邮件 微信 微信号 个人主页 博客 英语水平 外语水平
计算机水平 求职意向 应聘职位 应聘岗位 期望职位 意向岗位 期望薪资 期望月薪 期望城市 意向城市 目前薪资 当前状态 求职状态
到岗时间 工作年限 自我评价 个人简介 个人优势 兴趣爱好 专业技能 技能特长 证书 语言能力
name gender sex age birth birthday nationality phone mobile tel telephone email e-mail wechat qq github blog website linkedin
address location city degree education major school university position title experience salary availability skills languages
"""
_LABELS = frozenset(_LABELS_LIST.split())


def join_row(cells: list[list[str]]) -> list[str]:
    """Lines of one row from the lines of its cells: short cells side by side on one line, the others one below the other."""
    lines: list[str] = []
    pending = ""  # short cells so far
    after_label = False
    for cell in cells:
        if not cell:
            after_label = False
            continue
        label = len(cell) == 1 and _is_label(cell[0])
        if after_label and not label and len(cell) == 1:
            pending += _colon(pending) + cell[0]
        elif len(cell) == 1 and len(cell[0]) <= _WHOLE_PARAGRAPH:
            pending += ("  " if pending else "") + (re.sub(rf"(?<=[{CJK}])\s+(?=[{CJK}])", "", cell[0]) if label else cell[0])
        else:
            lines += [pending] if pending else []
            lines += cell
            pending = ""
        after_label = label
    return [*lines, pending] if pending else lines


def _is_label(text: str) -> bool:
    return text.endswith((":", "：")) or re.sub(r"\s+", "", text).lower() in _LABELS


def _colon(before: str) -> str:
    if before.endswith(":"):
        return " "
    if before.endswith("："):
        return ""
    return "：" if is_cjk(before[-1]) else ": "
