"""Which servers may be sent resumes: plain URLs in private networks, whatever a name resolves to."""

import pytest

from reranker.notice import NoCheckpoint, NoSuchModel
from reranker.remote.target import Target, addresses_of, is_private, parse_targets

BOX = Target("http", "gpu-box", 8000, "", "")


@pytest.mark.parametrize(
    ("model", "targets"),
    [
        ("http://gpu-box:8000", [BOX]),
        ("http://gpu-box:8000/#Qwen/Qwen3-Reranker-0.6B", [Target("http", "gpu-box", 8000, "", "Qwen/Qwen3-Reranker-0.6B")]),
        ("http://gpu-box:8000, http://10.0.0.5", [BOX, Target("http", "10.0.0.5", 80, "", "")]),
        ("https://gpu-box/rank/#m", [Target("https", "gpu-box", 443, "/rank", "m")]),
        ("http://[fd00::1]:8000", [Target("http", "fd00::1", 8000, "", "")]),
    ],
)
def test_targets(model: str, targets: list[Target]):
    assert list(parse_targets(model)) == targets


def test_a_target_is_called_by_host_and_port():
    assert [target.name for target in parse_targets("http://gpu-box,http://[::1]:9")] == ["gpu-box:80", "[::1]:9"]


@pytest.mark.parametrize(
    "url", ["http://amy:secret@box", "http://box:99999", "http://box:x", "http://", "http://box/?key=secret", "http://[::1"]
)
def test_what_is_no_plain_url_is_refused_without_being_shown(url: str):
    with pytest.raises(NoSuchModel) as error:
        parse_targets(f"http://fine:1,{url}")
    assert error.value.notice.code == "remote_bad_url" and "secret" not in str(error.value)


@pytest.mark.parametrize(
    ("address", "private"),
    [
        ("127.0.0.1", True),
        ("10.255.0.1", True),
        ("172.16.0.1", True),
        ("172.32.0.1", False),
        ("192.168.1.9", True),
        ("169.254.1.1", True),
        ("8.8.8.8", False),
        ("100.64.0.1", False),  # shared by the customers of a provider
        ("0.0.0.0", False),
        ("192.0.2.1", False),
        ("::1", True),
        ("fd12::1", True),
        ("fe80::1", True),
        ("2001:4860::8888", False),
        ("::ffff:10.0.0.1", True),
        ("::ffff:8.8.8.8", False),
        ("64:ff9b::a00:1", False),
    ],
)
def test_private_addresses(address: str, private: bool):
    assert is_private(address) is private


def test_all_addresses_of_a_name_must_be_private():
    assert addresses_of(BOX, False, lambda host, port: ["10.0.0.5", "fd00::5"]) == ["10.0.0.5", "fd00::5"]
    with pytest.raises(NoSuchModel) as error:
        addresses_of(BOX, False, lambda host, port: ["10.0.0.5", "203.0.113.9"])
    assert error.value.notice.values == {"server": "gpu-box:8000", "address": "203.0.113.9"}
    assert addresses_of(BOX, True, lambda host, port: ["203.0.113.9"]) == ["203.0.113.9"]


def test_a_number_in_disguise_is_judged_by_what_it_resolves_to():
    with pytest.raises(NoSuchModel):
        addresses_of(parse_targets("http://134744072:80")[0], False)  # 8.8.8.8, without asking any name server


def test_a_name_without_address_may_get_one_later():
    def unknown(host: str, port: int) -> list[str]:
        raise OSError("no such host")

    with pytest.raises(NoCheckpoint) as error:
        addresses_of(BOX, False, unknown)
    assert error.value.notice.code == "remote_unknown_host" and not isinstance(error.value, NoSuchModel)
