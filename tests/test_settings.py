"""Settings: flags over variables over defaults, and bad values named in one line without showing a password."""

import argparse

import pytest

from settings import BadSetting, add_flags, load_settings


def test_flags_win_over_variables_and_those_over_defaults():
    settings = load_settings({"port": "8000", "batch_size": None}, {"RERANKER_PORT": "9000", "RERANKER_BATCH_SIZE": "2"})
    assert (settings.port, settings.batch_size, settings.host) == (8000, 2, "0.0.0.0")


def test_flags_are_made_from_the_fields():
    parser = argparse.ArgumentParser()
    add_flags(parser)
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


@pytest.mark.parametrize("auth", ["secret", "user:", ":secret", "a:secret,b"])
def test_a_bad_login_is_refused_without_showing_it(auth):
    with pytest.raises(BadSetting) as error:
        load_settings({"auth": auth}, {})
    assert "secret" not in str(error.value)
