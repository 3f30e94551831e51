"""The verdict on the audit log: "whole" only where every row could be checked."""

import pytest

from feedback.store.audit_chain import Check
from i18n.texts import texts
from ui.html.data import verdict_html


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("check", "keys"),
    [
        (Check(last=4), ["data.whole"]),
        (Check(broken_at=3), ["data.broken"]),
        (Check(is_key_gone=True), ["data.key_gone"]),
        (Check(is_key_gone=True, broken_at=2), ["data.broken", "data.key_gone"]),
        (Check(unchecked_before=5), ["data.unchecked"]),
    ],
)
def test_the_log_is_called_whole_only_where_all_of_it_was_checked(language: str, check: Check, keys: list[str]):
    words, said = texts(language), verdict_html(check, texts(language))
    values = {"row": check.broken_at or check.unchecked_before or check.last}
    assert said.count("<p") == len(keys) and all(words(key, **values) in said for key in keys)
    assert ("rr-verdict yes" in said) == (keys == ["data.whole"])
