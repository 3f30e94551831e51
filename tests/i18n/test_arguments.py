"""Help on the command line: its lines end where words do, and fit a terminal, also in Chinese."""

from i18n.arguments import Help


def test_an_address_is_not_broken_and_chinese_characters_take_two_columns():
    text = "权重文件夹、模型编号，或服务器：http://主机:端口[#模型][,http://…]；默认 Qwen3-Reranker-0.6B，没有时用内置替代模型"
    lines = Help("x")._split_lines(text, 44)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert any("http://主机:端口[#模型][,http://…]" in line for line in lines)
    assert all(sum(2 if ord(letter) > 0x2E80 else 1 for letter in line) <= 44 for line in lines)
