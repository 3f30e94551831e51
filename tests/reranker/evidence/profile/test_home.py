"""The city that a resume names: beside a label, or alone among contact data; no native place, no wish, no street."""

import pytest

from reranker.evidence.profile.home import city_of


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("张三\n现居：浙江省杭州市西湖区文一路1号", "杭州"),
        ("张三\n现居城市  ：  成都", "成都"),
        ("李四\n北京 | 13800000000 | a@b.c", "北京"),
        ("陈屿\n杭州市 · 男 · 29岁", "杭州"),
        ("赵\n现居深圳 · 138", "深圳"),
        ("周\n現居：臺北市大安區", "台北"),
        ("孙\n所在城市：昭通市", "昭通"),
        ("Jane Doe\nLondon, UK | jane@x.org", "London"),
        ("Jane\nLocation: San Francisco, CA", "San Francisco"),
        ("王五\n籍贯：山东 青岛\n期望城市：上海 杭州", ""),
        ("钱\n地址：幸福路12号", ""),
        ("吴\n在上海工作三年", ""),
        ("", ""),
    ],
)
def test_the_city(text: str, city: str):
    assert city_of(text) == city
