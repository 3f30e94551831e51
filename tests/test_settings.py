"""Settings: flags over variables over defaults, and bad values named in one line without showing a password."""

import argparse
from dataclasses import fields

import pytest

from i18n.texts import texts
from settings import WITHOUT_FLAG, BadSetting, Settings, add_flags, asked_language, load_settings


def test_flags_win_over_variables_and_those_over_defaults():
    settings = load_settings({"port": "8000", "batch_size": None}, {"RERANKER_PORT": "9000", "RERANKER_BATCH_SIZE": "2"})
    assert (settings.port, settings.batch_size, settings.host) == (8000, 2, "0.0.0.0")


def test_flags_are_made_from_the_fields():
    parser = argparse.ArgumentParser()
    add_flags(parser, texts("zh"))
    settings = load_settings(vars(parser.parse_args(["--offline", "--batch-size", "8", "--model", "/weights"])), {})
    assert (settings.offline, settings.batch_size, settings.model) == (True, 8, "/weights")


def test_several_users():
    assert load_settings({}, {"RERANKER_AUTH": "ann:one:two,bo:three"}).passwords == {"ann": "one:two", "bo": "three"}


def test_several_names_of_the_server():
    assert load_settings({"allowed_host": "hr.example.com, hr"}, {}).host_names == ["hr.example.com", "hr"]
    assert load_settings({}, {}).host_names == []


@pytest.mark.parametrize(
    ("name", "value"),
    [("port", "http"), ("port", "0"), ("batch_size", "-1"), ("precision", "fp8"), ("language", "fr"), ("device", "tpu")],
)
def test_a_bad_value_is_named(name, value):
    with pytest.raises(BadSetting, match=name.replace("_", "-")):
        load_settings({name: value}, {})


@pytest.mark.parametrize(
    ("flags", "environ", "chinese", "english"),
    [
        ({"port": "99999"}, {}, "--port 须在 1 到 65535 之间，不能是 99999", "--port must be 1…65535, not 99999"),
        ({}, {"RERANKER_MAX_FILES": "0"}, "RERANKER_MAX_FILES 须不小于 1，不能是 0", "RERANKER_MAX_FILES must be 1 or more, not 0"),
        ({"language": "fr"}, {}, "--language 只能是 zh, en 之一，不能是 fr", "--language must be one of zh, en, not fr"),
        ({"pool_days": "30"}, {}, "人才库须同时写明期限与用途", "a pool needs both a period and a purpose"),
        ({"pool_purpose": "招聘"}, {}, "人才库须同时写明期限与用途", "a pool needs both a period and a purpose"),
        (
            {"pool_days": "31", "pool_purpose": "招聘"},
            {},
            "--pool-days 为 31 天，但资料在 30 天后",
            "--pool-days is 31 days, but data is deleted after 30",
        ),
        ({"private_runs": True}, {}, "--private-runs 需要登录", "--private-runs needs people to sign in"),
        ({"root_path": "resumes/"}, {}, "--root-path 须以 / 开头、不以 / 结尾", "--root-path must begin with / and not end with it"),
        (
            {"trusted_proxy": "127.0.0.1, proxy.example.com"},
            {},
            "--trusted-proxy 须是代理连过来时所用的 IP 地址或网段",
            "--trusted-proxy must be the IP address or network",
        ),
        ({"allowed_host": "hr,https://hr.example.com/"}, {}, "--allowed-host 只写域名", "--allowed-host takes names alone"),
        ({"allowed_host": "hr.example.com:8443"}, {}, "--allowed-host 只写域名", "--allowed-host takes names alone"),
        ({"watch": "51job="}, {}, "--watch 的写法是 路径 或 名称=路径；“51job=”没有写路径", "--watch takes FOLDER or NAME=FOLDER"),
        ({"trusted_proxy": "10.0.0.5/8"}, {}, "--trusted-proxy 须是", "--trusted-proxy must be"),  # the server would believe nobody
        ({"trusted_proxy": "*"}, {}, "--trusted-proxy 须是", "--trusted-proxy must be"),  # it would believe everybody
    ],
)
def test_what_is_wrong_is_said_in_the_language_with_what_would_do(flags, environ, chinese, english):
    with pytest.raises(BadSetting) as error:
        load_settings(flags, environ)
    assert error.value.sentence(texts("zh")).startswith(chinese)
    assert error.value.sentence(texts("en")).startswith(english)


@pytest.mark.parametrize(
    ("arguments", "environ", "language"),
    [
        ("--port 1", {}, "zh"),
        ("--port 1", {"LANG": "C.UTF-8"}, "zh"),
        ("--port 1", {"LANG": "zh_TW.UTF-8"}, "zh"),
        ("--port 1", {"LANG": "en_GB.UTF-8"}, "en"),
        ("--port 1", {"LANG": "en_GB.UTF-8", "LC_ALL": "zh_CN"}, "zh"),
        ("--port 1", {"LANG": "zh_CN", "RERANKER_LANGUAGE": "en"}, "en"),
        ("--language en", {"RERANKER_LANGUAGE": "zh"}, "en"),
        ("--language=en", {}, "en"),
        ("--language fr", {"LANG": "zh_CN"}, "zh"),
        ("--language", {}, "zh"),
    ],
)
def test_a_command_speaks_the_language_of_the_flag_the_variable_or_the_system(arguments, environ, language):
    assert asked_language(arguments.split(), environ) == language


def test_the_page_follows_the_browser_unless_a_language_was_chosen():
    assert [load_settings({}, environ).follows_browser for environ in ({}, {"LANG": "en_US"}, {"RERANKER_LANGUAGE": "zh"})] == [
        True,
        True,
        False,
    ]
    assert load_settings({"language": "en"}, {}).follows_browser is False


def test_each_flag_is_explained_in_both_languages():
    for language in ("zh", "en"):
        parser = argparse.ArgumentParser()
        add_flags(parser, texts(language))
        said = " ".join(parser.format_help().split())
        assert [
            knob.name
            for knob in fields(Settings)
            if knob.name not in WITHOUT_FLAG and texts(language)(f"settings.{knob.name}")[:12] not in said
        ] == []


def test_the_key_of_servers_is_a_variable_only_and_not_shown():
    parser = argparse.ArgumentParser()
    add_flags(parser, texts("en"))
    assert "remote-key" not in parser.format_help() and "--allow-remote" in parser.format_help()
    settings = load_settings({"allow_remote": True}, {"RERANKER_REMOTE_KEY": "s3cret"})
    assert (settings.remote_key, settings.allow_remote) == ("s3cret", True)
    assert "s3cret" not in repr(settings)


@pytest.mark.parametrize("auth", ["secret", "user:", ":secret", "a:secret,b"])
def test_a_bad_login_is_refused_without_showing_it(auth):
    with pytest.raises(BadSetting) as error:
        load_settings({"auth": auth}, {})
    assert "secret" not in str(error.value)


def test_a_pool_is_as_long_as_one_likes_where_nothing_is_deleted():
    settings = load_settings({"pool_days": "400", "pool_purpose": "招聘", "retention_days": "0"}, {})
    assert (settings.pool_days, settings.pool_purpose) == (400, "招聘") and Settings().pool_days == 0
