"""Times are the server's, and say so."""

import time

import pytest

from i18n.texts import texts
from ui.html.times import time_html, zone_said


@pytest.mark.parametrize(("zone", "said"), [("Asia/Shanghai", "UTC+08:00"), ("America/St_Johns", "UTC-03:30"), ("UTC", "UTC+00:00")])
def test_the_zone_of_the_server_is_said_and_stands_beside_the_exact_time(zone: str, said: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        winter = 1_767_225_600.0  # of 2026, when no summer time holds there
        assert f'{said.replace(":", "")}"' in time_html(winter, texts("zh"))
        if zone != "America/St_Johns":  # there the zone of today depends on the day
            assert zone_said(texts("zh")) == f"时间是服务器上的（{said}）。"
    finally:
        monkeypatch.undo()
        time.tzset()
