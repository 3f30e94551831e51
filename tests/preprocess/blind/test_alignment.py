"""Masked passages are found in the own text: unchanged, changed and moved lines, and whatever masking makes of any text."""

from preprocess.blind.alignment import Alignment
from preprocess.blind.mask import mask

OWN = "姓名：林知遥\n电话：13800001111\n林知遥在盈海银行五年\n熟悉 Python\n林知遥主导平台，林知遥的团队 7 人"
MASKED = "候选人在盈海银行五年\n熟悉 Python\n候选人主导平台，候选人的团队 7 人"


def own_of(quote: str, own: str = OWN, masked: str = MASKED) -> str:
    start = masked.index(quote)
    begin, end = Alignment(masked, own).span(start, start + len(quote))
    return own[begin:end]


def test_a_passage_is_found_in_the_own_text():
    assert own_of("熟悉 Python") == "熟悉 Python"
    assert own_of("Python") == "Python"
    assert own_of("候选人在盈海银行五年") == "林知遥在盈海银行五年"
    assert own_of("在盈海银行") == "在盈海银行"
    assert own_of("的团队 7 人") == "的团队 7 人"
    assert own_of("平台，候选人") == "林知遥主导平台，林知遥", "what lies between two changes is taken whole"
    assert own_of("五年\n熟悉") == "五年\n熟悉"


def test_every_line_that_masking_leaves_is_found_where_it_was():
    text = "林知遥 简历\n男，1990年生，已婚\n\n工作经历\n2019-至今 盈海银行\n林知遥负责核算\n\n熟悉 SAP\n熟悉 SAP\n邮箱 lin@example.com"
    masked = mask(text, "林知遥.txt").text
    alignment, start = Alignment(masked, text), 0
    for line in masked.split("\n"):
        begin, end = alignment.span(start, start + len(line))
        assert line in text[begin:end] or "林知遥" in text[begin:end] or not line
        start += len(line) + 1
