"""Find whom a job description turns away: "不考虑频繁跳槽者", "We don't consider job hoppers", "以下情况勿投：" and the list below it.

Nobody shows in a resume that he is not like that, so it is no requirement; it is shown as ignored, with the reason. What turns away those
who lack something ("无经验者勿扰") is none of these: it demands that.
"""

import re
from collections.abc import Iterator, Sequence

EXCLUDED = "excluded"
"""The kind of a heading of those who are turned away, and the reason why they are no requirement."""

_WHO = r"(?:(?:我们|我司|本公司|公司|本岗位?|该岗位?|此岗位?|暂时?|原则上|一律|坚决|概|均|请|直接|恕){0,3})"
_NOT = r"(?:不予?考虑|不接受|谢绝|拒绝|不招收?|不收(?!取)|不欢迎|不适合|不要(?!求)|不录用|勿投递?|勿扰|别投递?|免投)"
_KIND = r"(?:情况|情形|行为|人群|人员|人选|候选人|求职者|应聘者|类型|背景|条件|几类人?|者|之一|任一|任意|任何|的|人){0,4}"
_PLEASE_NOT = (
    rf"{_WHO}(?:不予?(?:考虑|接受|录用|通过)|不投|勿投递?"
    r"|勿扰|勿申请|勿联系|勿来|别投递?|别来|不要投递?|不必投递?|免投|谢绝|慎投|绕道|绕行|止步)"
)
_WE_DO_NOT = (
    r"(?:we|our team|the team)(?: (?:do not|don't|can ?not|can't|will not|won't)| are (?:not able|unable) to)(?: want to)?"
    r" (?:consider|accept|hire|want|take on|recruit|interview|shortlist)"
)
_DO_NOT_APPLY = (
    r"(?:please )?(?:do not|don't) apply if"
    r"|(?:this|it|the role|the job|this role|this job)(?: is|'s)(?: probably)? not for you if"
    r"|not for you if|(?:you are|you're) not a (?:good )?fit if"
)
HEADINGS = (
    rf"(?:(?:有|符合|具有|属于)?(?:以下|下列|如下){_KIND}{_PLEASE_NOT}|{_WHO}{_NOT}(?:以下|下列|如下)?{_KIND})"
    rf"|(?<![a-z]\s)(?:{_WE_DO_NOT}|{_DO_NOT_APPLY}|who (?:should not|shouldn't) apply"
    r"|(?:what |candidates )?(?:we|i) (?:do not|don't) want)"
    r"(?: (?:any of )?(?:the following|these)(?: candidates| applicants)?)?(?: you(?: are|'re| have)?)?"
).replace("'", "['’]")
"""The words of a heading above, or before, a list of whom nobody wants."""
_HEADED = re.compile(rf"(?:{HEADINGS})\s?[:：].*", re.IGNORECASE)
_TURNED_AWAY = re.compile(
    rf"{_WHO}{_NOT}(?P<whom>[^:：]{{2,60}})"
    rf"|(?P<who>[^:：]{{2,40}}?){_PLEASE_NOT}(?:了|哦|哈|谢谢)?"
    rf"|(?:sorry |unfortunately )?(?:{_WE_DO_NOT}|{_DO_NOT_APPLY}) (?P<whom_en>[^:]{{3,200}})"
    r"|(?P<who_en>[^:]{3,120}?)"
    r" (?:(?:need|should|must|may|can ?)(?: not|n't) apply|(?:will|can ?|shall|would)(?: not|n't) be (?:considered|accepted|shortlisted))"
    r"|no (?P<no>(?:job[ -]?hopp|freelanc|contractor|student|fresher|graduate|intern\b|interns|career[ -]chang|junior)[^:]{0,80})"
)
_LACKS = re.compile(
    r"[无未非]|没有?|缺|不(?:能|会|接受|具备|具有|符合|满足|满|足|熟|懂|可|愿|想|到|够|够?高)|低于|少于|以下"
    r"|\b(?:without|no|not|never|lack\w*|less|fewer|below|unless|unable|unwilling|other than)\b|n't"
)
"""Says that something is lacking, which is demanded then."""
_OTHERS = re.compile(
    r"中介|猎头|外派|远程|代招|电话|来电|推销|收费|费用|押金|礼|贿|回扣|借口|加班|出差|学历$|专业$|性别$|年龄$"
    r"|\b(?:agenc|recruiter|head ?hunter|sponsor|visa|relocat|phone|call|third part|unsolicited|gift|brib|fees?\b|remote)"
)
"""Nobody who applies: agencies, callers; what the company does not do; what the work is about."""


def is_turned_away(clause: str) -> bool:
    """Return whether a clause, in simplified characters and lower case, turns somebody away; one that demands something does not."""
    read = clause.replace("’", "'").strip()
    if _HEADED.fullmatch(read):
        return True
    match = _TURNED_AWAY.fullmatch(read)
    who = next(filter(None, match.groups()), "") if match else ""
    return bool(who) and not _LACKS.search(who) and not _OTHERS.search(who)


def list_below(heading: str, below: Sequence[str]) -> Iterator[str]:
    """Yield the lines below a heading, each with its bullet or number, that its list goes on with; no heading may be among them.

    Items end at a line that is none, and at the next item of the list that the heading is in.
    """
    own = _sign(heading)
    first = _sign(below[0]) if below else ""
    for line in below:
        sign = _sign(line)
        if (sign and sign == own) or (first and not sign):
            return
        yield line


def _sign(line: str) -> str:
    """Return the bullet or number that a line begins with, its digits as 0; "" for none."""
    match = re.match(r"\s*([（(]?\d{1,2}[)）.．、]|[①-⑳]|[^\w\s【\[<《\"'“])", line)
    return re.sub(r"\d+", "0", re.sub("[①-⑳]", "①", match[1])) if match else ""
