"""Tell who leads others by title or deed from who only names a superior, helps one, or is the deputy of the rank that is asked for."""

import re
from functools import cache

_TITLE = (
    r"主管|经理|总监|店长|厂长|班组长|班长|组长|领班|队长|站长|校长|园长|院长|科长|部长|主任|负责人|厨师长|护士长|总裁|老板|领导|督导"
    r"|行政总厨"
)
_TITLE_EN = r"(?:managers?|supervisors?|directors?|head chefs?|team lead(?:er)?s?|foreman|foremen|matron)"
_SUPERIOR = re.compile(
    rf"(?:协助|配合|辅助|辅佐|跟随|跟着|服从|听从|对接|[向给替帮随])[^，,。；;、\s\d]{{0,8}}?(?:{_TITLE})"
    rf"|(?<![升任聘定评认正拔选成务位])为[^，。；;、]{{0,8}}?(?:{_TITLE})们?(?:准备|提供|安排|整理|编写|制作|处理|预?订|起草)"
    rf"|[由经受][^，。；;、]{{0,6}}?(?:{_TITLE})[^，。；;、]{{0,2}}?(?:安排|指导|批准|审批|审核|带领|领导|分配|指派|授权|带教)"
    rf"|在[^，。；;、]{{0,8}}?(?:{_TITLE})的?(?:指导|带领|领导|安排|帮助|带教)"
    r"|(?:协助|配合|对接|支持|服务)[^，。；;、\s]{0,4}?(?:HR\b|HR(?=[^A-Za-z])|(?:人事|财务|法务|研发|销售|采购|技术|质量|生产|市场|行政)(?:部门?|团队|人员|同事))"
    r"|\b(?:assist|support|help|shadow|accompan)(?:s|ed|ing|ied|ying)? (?:an? |the |our |my |all |senior ){0,2}(?:[a-z-]{2,16} ){0,2}?"
    rf"{_TITLE_EN}\b"
    r"|\b(?:report|answer)(?:s|ed|ing)? (?:directly )?to (?:an? |the |our |my )?(?:[a-z-]{2,16} ){0,3}?"
    rf"{_TITLE_EN}\b"
    rf"|\bwork(?:s|ed|ing)? under (?:an? |the |our |my )?(?:[a-z-]{{2,16}} ){{0,3}}?{_TITLE_EN}\b",
    re.IGNORECASE,
)
"""Somebody else: 协助主管录入工单, 向总经理汇报, 协助HR, "reported to the plant manager"."""
_ASSISTANT = re.compile(rf"(?<!总)(?:{_TITLE})的?(?:助理|秘书|司机)")
_RANK = re.compile(r"厨师长|护士长|班组长|店长|厂长|校长|园长|主管|经理|总监|主任|领班|班长|组长|队长|站长")
_SEVERAL = {"班组长": "班组长|班长|组长"}


def without_superiors(text: str) -> str:
    """Return a folded text with blanks in place of others, of whom it only says that they are helped, reported to or followed."""
    return _SUPERIOR.sub(lambda match: " " * len(match[0]), text)


def without_ranks_of_others(text: str) -> str:
    """Return the same, without titles whose holder is assisted: 店长助理 is no 店长."""
    return _ASSISTANT.sub(" ", without_superiors(text))


def rank_asked(text: str) -> str:
    """Return the title that a folded demand names, "" for none."""
    rank = _RANK.search(text)
    return rank[0] if rank else ""


def is_deputy(text: str, rank: str) -> bool:
    """Return whether of a rank a folded text names a deputy or an assistant and nobody who has it."""
    if not rank or "副" not in text:
        return False
    deputies, holders = _patterns(rank)
    plain = without_ranks_of_others(text)
    return deputies.search(plain) is not None and holders.search(plain) is None


@cache
def _patterns(rank: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    titles = _SEVERAL.get(rank, rank)
    return re.compile(rf"副(?:{titles})"), re.compile(rf"(?<!副)(?:{titles})")
