"""Mask the candidate's profile pages and web sites: "github.com/zhangsan" becomes "github.com/…"; others' repositories stay."""

import re
from collections.abc import Collection

from preprocess.blind.lists import one_of
from preprocess.lexicon.field_labels import label_pattern

_HOSTS = one_of(
    """github gitee gitlab bitbucket linkedin zhihu juejin csdn cnblogs jianshu segmentfault bilibili weibo douban leetcode kaggle medium
    leetcode-cn stackoverflow huggingface modelscope twitter facebook instagram x behance dribbble dev npmjs pypi nowcoder""".split()
)
_PROFILE = re.compile(
    rf"(?<![\w.@-])(?P<host>(?:https?://)?(?:[A-Za-z0-9-]{{1,40}}\.){{0,2}}{_HOSTS}(?:\.[a-z]{{2,12}}){{1,2}}"
    r"/(?:in/|people/|users?/|u/|profile/|@){0,2}+)(?P<user>[A-Za-z0-9_~%-]{1,60}+(?:\.[A-Za-z0-9_-]{1,40}){0,3})(?P<rest>/[\w.%~-]+)?(?![@\[【]|/[\[【])",
    re.IGNORECASE,
)
_HANDLE = re.compile(
    r"(?P<keep>\b(?:GitHub|Gitee|GitLab|LinkedIn|LeetCode|Kaggle)(?:账号|主页|ID)?[:：] ?@?)"
    r"(?P<user>[A-Za-z][\w-]{2,38})(?=[ \t]*(?:$|[|｜;；,，]|[ \t]{2}))",
    re.IGNORECASE | re.MULTILINE,
)
_HOSTED = re.compile(
    r"(?<![\w.@-])(?P<http>https?://)?(?P<user>(?!www\.|docs\.|blog\.)[A-Za-z0-9-]{1,40})(?=\.(?:github|gitee|gitlab)\.io\b)", re.IGNORECASE
)
_LABELLED = re.compile(
    rf"(?P<keep>{label_pattern('web')}[:：] {{0,2}})"
    r"(?:https?://)?(?:[A-Za-z0-9-]{1,63}\.){1,4}[a-z]{2,12}(?:/[^\s，。；、|｜）)]*)?",
    re.IGNORECASE,
)
_SITE = re.compile(
    r"(?<![\w.@/-])(?:https?://)?(?P<site>(?:[A-Za-z0-9-]{1,63}\.){1,4}(?:com|cn|net|org|io|dev|me|cc|ai|top|site|info|tech|blog))\b(?:/[^\s，。；、|｜）)]*)?"
)
_NOBODY = frozenset(
    "search topics explore about features pricing orgs marketplace p question package project models datasets article post".split()
)
_MASK = "…"


def hide_pages(text: str, account_names: Collection[str]) -> tuple[str, int]:
    """Replace the user of each profile page by "…"; return the text and the count. `account_names`: the names as lower-case words.

    A page below a user ("github.com/apache/kafka") is the candidate's only if the user is known from a profile page or from the name.
    """
    users = {match["user"].lower() for match in _PROFILE.finditer(text) if not match["rest"]}
    users |= {match["user"].lower() for match in (*_HANDLE.finditer(text), *_HOSTED.finditer(text))} - _NOBODY
    count = 0

    def is_own(word: str) -> bool:
        return word.lower() in users or any(account_name in re.sub(r"[\W_]", "", word.lower()) for account_name in account_names)

    def profile(match: re.Match[str]) -> str:
        nonlocal count
        if match["user"].lower() in _NOBODY or not (match["rest"] is None or is_own(match["user"])):
            return match[0]
        count += 1
        return match["host"] + _MASK + (match["rest"] or "")

    def site(match: re.Match[str]) -> str:
        nonlocal count
        if not any(account_name in re.sub(r"[\W_]", "", match["site"].lower()) for account_name in account_names):
            return match[0]
        count += 1
        return _MASK

    def kept(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return (match.groupdict().get("keep") or match.groupdict().get("http") or "") + _MASK

    text = _PROFILE.sub(profile, text)
    for pattern in (_HANDLE, _HOSTED, _LABELLED):
        text = pattern.sub(kept, text)
    return (_SITE.sub(site, text) if account_names else text), count
