"""Windows of a resume: nothing is lost, nothing is too long, and a line stands below its heading and its job."""

from reranker.judge.windows import REQUIREMENT_TOKENS, WINDOW_TOKENS, Windower
from tests.each import each
from tests.reranker.judge.random_weights import FILE

WINDOWER = Windower(FILE.tokenizer)
EXTRA = 8  # "passage:", the marks of beginning and end

RESUME = "\n".join(
    [
        "林小满 13800000000",
        "工作经历",
        "2019.03-2022.05 南风医疗设备公司 质量工程师",
        *(f"负责第{number}条产线的来料检验，把不良率从百分之八降到百分之二，写了作业指导书并培训了新人" for number in range(1, 9)),
        "教育背景",
        "本科 华中科技大学 测控技术",
    ]
)


def lines(text: str) -> list[list[str]]:
    return [[text[piece.start : piece.end] for piece in window.pieces] for window in WINDOWER.windows(text)]


def test_every_line_stands_in_a_window_in_order():
    windows = lines(RESUME)
    assert len(windows) > 3
    assert list(dict.fromkeys(line for window in windows for line in window)) == RESUME.split("\n")


def test_a_deed_stands_below_its_heading_and_the_period_of_its_job():
    for window in lines(RESUME):
        if any("产线" in line for line in window):
            assert window.index("工作经历") < window.index("2019.03-2022.05 南风医疗设备公司 质量工程师") < len(window) - 1


def test_a_new_section_is_not_below_the_job_before_it():
    assert lines(RESUME)[-1] == ["教育背景", "本科 华中科技大学 测控技术"]


@each("text", [RESUME, "长" * 3000, "word " * 2000, "一句话。" * 900, "a\n" * 900, "\ud800 x"])
def test_no_window_is_too_long(text: str):
    assert all(len(window.ids) <= WINDOW_TOKENS + EXTRA for window in WINDOWER.windows(text))


@each("text", ["", "\n\n", "—— · ——"])
def test_a_text_without_words_has_one_window_without_lines(text: str):
    (window,) = WINDOWER.windows(text)
    assert window.pieces == () and len(window.characters) == len(window.ids)


def test_tokens_know_their_characters():
    for window in WINDOWER.windows(RESUME):
        assert len(window.characters) == len(window.ids)
        for piece in window.pieces:
            assert piece.characters[0][0] == piece.start and piece.characters[-1][1] == piece.end


def test_a_long_line_is_cut_at_sentence_ends():
    text = "先做了三年测试，写了两百个用例。" * 12
    assert {line for window in lines(text) for line in window} == {"先做了三年测试，写了两百个用例。"}


def test_a_requirement_is_cut_to_its_length():
    first, *_, last = FILE.tokenizer.encode("x").ids
    for text in ("本科", "很长的要求" * 100):
        ids = WINDOWER.requirement(text)
        assert len(ids) <= REQUIREMENT_TOKENS and (ids[0], ids[-1]) == (first, last)
    assert WINDOWER.requirement("本科") == tuple(FILE.tokenizer.encode("query: 本科").ids)
