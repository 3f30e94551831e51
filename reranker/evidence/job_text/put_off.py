"""Find what a job description says that no resume can be judged by, though no law forbids it: 其他工作, 能喝酒, 频繁跳槽者勿投.

It is shown as ignored, with the reason; HR may count it all the same.
"""

import re
from functools import lru_cache

from preprocess.lexicon.characters import simplified
from reranker.evidence.clause_kinds import kinds
from reranker.evidence.job_text.exclusions import EXCLUDED, is_turned_away

REASONS = ("catch_all", "drinking", EXCLUDED)
_COMMA = re.compile(r"[，,；;。]\s*|(?<=[a-z])\.\s+")
_WHO = r"(?:公司|单位|部门|上级|领导|主管|经理|总经理|负责人|老板|店长|校长|院长|主任|科室|项目组|其[他它]|及|和|与|、|或){1,6}"
_DO = r"(?:以及|及|并|和)?(?:按时|及时|积极|认真|保质保量|高效|协助|配合|能够?|地|的){0,4}"
_DO += r"(?:完成|处理|负责|承担|执行|做好|参与|接受|服从|办理){0,2}"
_ASSIGNED = r"(?:临时|所|另行|随时)?(?:交办|交待|交代|安排|分配|布置|交付|指派|下达|委派|委托|指定|授权)的?"
_TASKS = r"(?:工作|任务|事项|事务|事宜|事情|职责|内容){1,2}等?"
_PATTERNS = {
    "catch_all": re.compile(
        rf"{_DO}(?:{_WHO}{_ASSIGNED}|(?:临时)?(?:交办|交待|交代|指派|委派)的?)(?:其[他它]|各项|各类|临时|相关|有关|一切|所有|突发|日常|性|的){{0,4}}{_TASKS}"
        rf"|{_DO}(?:部门|公司|领导|上级)?的?其[他它](?:的|相关|有关|临时|日常|性|各项){{0,3}}{_TASKS}"
        r"|(?:and |to )?"
        r"(?:(?:perform|carry(?:ing)? out|undertak|handl|complet|assum|do|tak(?:e|ing) on|assist(?:ing)? with|support)\w{0,6} )?"
        r"(?:any |all |such |various |and ){0,3}(?:other|additional|ad[ -]?hoc|miscellaneous) (?:[a-z-]+ ){0,2}?"
        r"(?:duties|tasks|projects|responsibilities|work|assignments|jobs)(?: and (?:duties|tasks|projects|responsibilities|assignments))?"
        r"(?: (?:as|that|which|when|may|might|will|can|be|are|is|they|from|time|to|by|the|your|line|needed|required|assigned|requested"
        r"|directed|necessary|instructed|manager|management|supervisor|delegated|allocated|appropriate|arise|or|and)){0,14}"
        r"|(?:and )?other duties"
    ),
    "drinking": re.compile(
        r"(?:必须|须|需|要|最好)?(?:能|会|可|善)?(?:适量)?(?:喝点?酒|饮酒|陪酒|喝酒应酬)(?:应酬|者|的){0,2}(?:优先|加分|佳)?"
        r"|(?:有|具备)?(?:一定|较好|较大)?的?酒量(?:好|大|佳|较好|不错)?(?:者|的){0,2}(?:优先|加分|佳)?"
        r"|(?:must be )?(?:able|willing) to drink(?: alcohol| with clients)?"
    ),
}


@lru_cache(maxsize=4000)
def put_off(text: str) -> str:
    """Return why the first clause of a text that cannot be judged is none to be judged by, of REASONS; "" where all of it can."""
    return next((reason for clause in _COMMA.split(text) if (reason := _reason(clause))), "")


def without_put_off(text: str) -> str:
    """Return the text without the clauses that cannot be judged, as it is where there are none."""
    return _kept(text, is_judged=True)


def put_off_part(text: str) -> str:
    """Return the clauses that cannot be judged."""
    return _kept(text, is_judged=False)


def _kept(text: str, is_judged: bool) -> str:
    clauses = [clause.strip() for clause in _COMMA.split(text) if clause.strip()]
    reasons: list[str] = []
    for clause in clauses:
        goes_on = text.isascii() and reasons[-1:] == [EXCLUDED] and kinds(clause) == ["unknown"]  # "no job hoppers, or freelancers"
        reasons.append(EXCLUDED if goes_on else _reason(clause))
    return (", " if text.isascii() else "，").join(
        clause for clause, reason in zip(clauses, reasons, strict=True) if bool(reason) != is_judged
    )


def _reason(clause: str) -> str:
    plain = simplified(clause).strip(" \t。.；;、，,！!~～").lower()
    reason = next((reason for reason, pattern in _PATTERNS.items() if pattern.fullmatch(plain)), "")
    return reason or (EXCLUDED if is_turned_away(plain) else "")
