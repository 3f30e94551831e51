"""The port, and what does not fit together in the settings for a proxy."""

import socket
from pathlib import Path
from typing import Any

import pytest

from i18n.texts import texts
from service.doctor.machine import check_watched
from service.doctor.network import check_port, check_proxy
from settings import Settings


def test_a_port_that_is_taken_fails_and_another_is_named():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = check_port(Settings(host="127.0.0.1", port=port))
        assert result.state == "fail" and result.remedy
        assert f"--port {port + 1}" in result.remedy.sentence(texts("en"))
    assert check_port(Settings(host="127.0.0.1", port=port)).state == "ok"


def test_a_watched_folder_that_is_not_there_fails(tmp_path: Path):
    assert check_watched("51job", tmp_path).state == "ok"
    assert check_watched("51job", tmp_path / "none").state == "fail"


def test_an_address_of_another_machine_fails():
    assert check_port(Settings(host="203.0.113.9")).state == "fail"


LOCAL: dict[str, Any] = {"host": "127.0.0.1", "users": "users.txt", "trusted_proxy": "127.0.0.1", "allowed_host": "hr.example.com"}


@pytest.mark.parametrize(
    ("changed", "state", "key"),
    [
        ({}, "ok", "doctor.proxy"),
        ({"trusted_proxy": "10.0.0.0/8, ::1", "host": "0.0.0.0"}, "ok", "doctor.proxy"),
        ({"users": ""}, "warn", "doctor.proxy_no_login"),
        ({"allowed_host": " "}, "warn", "doctor.proxy_no_name"),
        ({"host": "0.0.0.0"}, "warn", "doctor.proxy_passed_by"),
        ({"trusted_proxy": "", "users": "", "host": "0.0.0.0"}, "warn", "doctor.no_proxy_open"),
        ({"trusted_proxy": "", "host": "0.0.0.0"}, "ok", "doctor.no_proxy_login"),
        ({"trusted_proxy": "", "users": "", "host": "localhost"}, "ok", "doctor.no_proxy_local"),
    ],
)
def test_who_can_reach_the_page(changed: dict[str, str], state: str, key: str):
    result = check_proxy(Settings(**{**LOCAL, **changed}))
    assert (result.state, result.finding.key) == (state, key)
    assert (result.remedy is None) == (state == "ok")
    for language in ("zh", "en"):
        assert result.finding.sentence(texts(language))
