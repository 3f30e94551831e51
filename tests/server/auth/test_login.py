"""Passwords, the form, sessions and the wait of those who guess."""

import re
import stat
from pathlib import Path

import httpx
import pytest
from argon2 import PasswordHasher, extract_parameters

from feedback.store.sign_ins import FAILED, GOOD, LOCKED
from i18n.texts import texts
from server.auth import accounts, login
from server.auth.accounts import Accounts, open_accounts, remove_user, write_user
from server.auth.lockout import WAIT_SECONDS, Lockout, network
from server.auth.login import TRIES_HERE, Login, login_html
from server.auth.sessions import IDLE_SECONDS, LONGEST_SECONDS, MOST_PER_USER, Sessions
from service.model import Model
from settings import BadSetting, Settings
from tests.server.serving import PASSWORD, client_of, sentence, serving, sign_in


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


HASHER = accounts._HASHER
"""The one of the app."""


def test_a_guess_costs_the_second_recommended_option_of_rfc_9106():
    cost = extract_parameters(HASHER.hash("x"))
    assert (cost.type.name, cost.memory_cost, cost.time_cost) == ("ID", 64 * 1024, 3)


@pytest.mark.parametrize(
    ("user", "password", "allowed"),
    [
        ("hr", "一二三四五六秘密", True),
        ("hr", "", False),
        ("hr", "秘", False),
        ("nobody", "", False),
        ("", "", False),
        ("hr", "\ud800", False),
    ],
)
def test_passwords(user, password, allowed):
    assert open_accounts(Settings(auth="hr:一二三四五六秘密")).match(user, password) is allowed


def test_no_password_is_kept_as_text_and_equal_ones_do_not_look_equal():
    user_accounts = open_accounts(Settings(auth=f"ann:{PASSWORD},bo:{PASSWORD}"))
    first, second = user_accounts._hashes.values()
    assert first.startswith("$argon2id$")
    assert first != second
    assert PASSWORD not in str(vars(user_accounts))


def test_an_unknown_user_takes_as_long_as_a_known_one(monkeypatch: pytest.MonkeyPatch):
    """The same hash is computed, with the same parameters: nothing else takes time. benchmarks/login.py measures it."""
    user_accounts = open_accounts(Settings(auth=f"hr:{PASSWORD}"))
    verify, hashes = PasswordHasher.verify, []

    def counted(hasher: PasswordHasher, kept: str, password: str) -> bool:
        hashes.append(kept)
        return verify(hasher, kept, password)

    monkeypatch.setattr(PasswordHasher, "verify", counted)
    assert not user_accounts.match("hr", "wrong") and not user_accounts.match("nobody", "wrong")
    known, unknown = hashes
    assert extract_parameters(known) == extract_parameters(unknown)


def test_a_file_of_users_is_for_its_owner_only_and_read_again(tmp_path: Path):
    file = tmp_path / "users"
    write_user(file, "ann", PASSWORD)
    write_user(file, "李雷", "另一个密码12")
    write_user(file, "ann", "a new password")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    user_accounts = open_accounts(Settings(users=str(file), auth="bo:by a flag"))
    assert [user_accounts.match(*pair) for pair in (("ann", "a new password"), ("李雷", "另一个密码12"), ("bo", "by a flag"))] == [True] * 3
    assert not user_accounts.match("ann", PASSWORD)
    assert PASSWORD not in file.read_text("utf-8")


@pytest.mark.parametrize("line", ["ann:plaintext", "ann", ":$argon2id$", "ann:$argon2i$v=19$m=8,t=1,p=1$c29tZXNhbHQ$aaaa", "", "# nobody"])
def test_a_file_of_users_that_is_wrong_is_refused_without_showing_it(tmp_path: Path, line):
    file = tmp_path / "users"
    file.write_text(f"{line}\n")
    with pytest.raises(BadSetting) as error:
        open_accounts(Settings(users=str(file)))
    assert "plaintext" not in str(error.value)
    with pytest.raises(BadSetting, match="--users"):
        open_accounts(Settings(users=str(tmp_path / "missing")))


def test_sessions_expire_when_idle_and_after_a_week():
    clock = Clock()
    sessions = Sessions(clock)
    token = sessions.open("hr")
    clock.now += IDLE_SECONDS - 1
    assert sessions.user(token) == "hr"
    clock.now += IDLE_SECONDS
    assert sessions.user(token) is None

    token = sessions.open("hr")
    start = clock.now
    while clock.now < start + LONGEST_SECONDS:
        assert sessions.user(token) == "hr"
        clock.now += IDLE_SECONDS / 2
    assert sessions.user(token) is None


def test_a_token_is_random_and_not_kept():
    sessions = Sessions()
    tokens = {sessions.open("hr") for _ in range(100)}
    assert len(tokens) == 100
    assert all(len(token) >= 43 for token in tokens), "256 bits"
    assert not any(token in str(vars(sessions)) for token in tokens)
    assert sessions.user("") is None
    assert sessions.user("\ud800") is None


def test_after_ten_failures_a_name_waits_a_quarter_of_an_hour():
    clock = Clock()
    lockout = Lockout(10, clock=clock)
    for _ in range(9):
        lockout.failed("hr")
    assert lockout.seconds_left("hr") == 0
    lockout.failed("hr")
    assert lockout.seconds_left("hr") == WAIT_SECONDS
    assert lockout.seconds_left("ann") == 0
    clock.now += WAIT_SECONDS
    assert lockout.seconds_left("hr") == 0
    lockout.failed("hr")
    assert lockout.seconds_left("hr") == 0, "counted from zero again"


def test_waits_double_up_to_a_quarter_of_an_hour_and_an_hour_resets_them():
    clock, waits = Clock(), []
    lockout = Lockout(3, 60, clock)
    for _ in range(8):
        lockout.failed("hr at home")
        waits.append(lockout.seconds_left("hr at home"))
        clock.now += waits[-1]
    assert waits == [0, 0, 60, 120, 240, 480, 900, 900]
    clock.now += 3600
    lockout.failed("hr at home")
    assert lockout.seconds_left("hr at home") == 0


def test_failures_of_many_names_do_not_fill_the_memory():
    lockout = Lockout(10)
    for number in range(20_000):
        lockout.failed(str(number))
    assert len(lockout._failures) == 10_000


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [("10.0.0.1", "10.0.0.2", False), ("2001:db8::1", "2001:db8::2", True), ("::ffff:10.0.0.1", "10.0.0.1", True), ("x", "x", True)],
)
def test_an_address_of_ipv6_counts_with_its_network(first, second, same):
    assert (network(first) == network(second)) is same


def test_the_form_signs_in_and_out_and_the_cookie_is_closed_to_scripts_and_other_sites():
    with serving(Settings(auth=f"hr:{PASSWORD}"), Model()) as client:
        assert sign_in(client, "hr", "wrong").status_code == 401
        answer = sign_in(client, "hr")
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        cookie = answer.headers["set-cookie"]
        assert re.search(r"httponly", cookie, re.IGNORECASE)
        assert re.search(r"samesite=strict", cookie, re.IGNORECASE)
        assert not re.search(r"secure", cookie, re.IGNORECASE), "by http a browser would not keep it"
        assert client.get("/").status_code == 200
        assert client.get("/login").headers["location"] == "/"
        assert texts("zh")("login.ended") not in httpx.get(f"{client.base_url}/login", trust_env=False).text
        stolen = dict(client.cookies)
        assert client.get("/logout").headers["location"] == "/login"
        old = {"cookie": "; ".join(f"{k}={v}" for k, v in stolen.items())}
        assert client.get("/config", headers=old).status_code == 401
        assert texts("zh")("login.ended") in client.get("/login", headers=old).text, "whose session is over, as after a restart, is told"


@pytest.mark.parametrize(("trusted", "secure"), [("", False), ("127.0.0.1", True), ("10.9.9.9", False)])
def test_only_a_trusted_proxy_is_believed_that_the_request_came_by_https(trusted, secure):
    with serving(Settings(auth=f"hr:{PASSWORD}", trusted_proxy=trusted), Model()) as client:
        cookie = sign_in(client, "hr", **{"X-Forwarded-Proto": "https"}).headers["set-cookie"]
        assert ("secure" in cookie.lower()) is secure


def test_wrong_passwords_make_their_address_wait_and_keep_no_colleague_out_elsewhere():
    settings = Settings(auth=f"hr:{PASSWORD},ann:{PASSWORD}", language="en", trusted_proxy="127.0.0.1")
    with serving(settings, Model()) as client:
        there = {"X-Forwarded-For": "203.0.113.5"}
        answers = [sign_in(client, "hr", f"guess {number}", **there) for number in range(10)]
        assert [answer.status_code for answer in answers] == [401] * 4 + [429] * 6
        assert sentence(answers[0]) == "User name or password is wrong."
        assert sentence(answers[-1]) == "Too many failures. Please try again in 1 min."
        assert int(answers[-1].headers["retry-after"]) == 60
        assert sign_in(client, "hr", **there).status_code == 429, "even with the right password"
        assert sign_in(client, "ann", **there).status_code == 303, "others there are not locked out by it"
        client.cookies.clear()
        assert sign_in(client, "hr", **{"X-Forwarded-For": "203.0.113.6"}).status_code == 303, "nor the owner of the name elsewhere"


def test_a_name_that_many_addresses_guess_at_waits_everywhere(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(login, "TRIES_PER_USER", 4)
    with serving(Settings(auth=f"hr:{PASSWORD}", trusted_proxy="127.0.0.1"), Model()) as client:
        guesses = [sign_in(client, "hr", "wrong", **{"X-Forwarded-For": f"203.0.113.{number}"}) for number in range(4)]
        assert [answer.status_code for answer in guesses] == [401] * 3 + [429]
        assert int(guesses[-1].headers["retry-after"]) == WAIT_SECONDS
        assert sign_in(client, "hr", **{"X-Forwarded-For": "203.0.113.99"}).status_code == 429, "with the right password, too"


def test_who_comes_with_a_session_that_has_ended_is_told_so_and_nobody_else():
    with serving(Settings(auth=f"hr:{PASSWORD}"), Model()) as client:
        assert texts("zh")("login.ended") not in client.get("/login?lang=zh").text
        sign_in(client, "hr")
        [name] = dict(client.cookies)
        client.cookies.clear()
        assert texts("zh")("login.ended") in client.get("/login?lang=zh", headers={"cookie": f"{name}=of-another-process"}).text


def test_only_the_page_itself_signs_out():
    with serving(Settings(auth=f"hr:{PASSWORD}"), Model()) as client:
        sign_in(client, "hr")
        for site in ("cross-site", "same-site"):
            answer = client.get("/logout", headers={"Sec-Fetch-Site": site})
            assert (answer.headers["location"], "set-cookie" in answer.headers) == ("/", False)
        stranger = client_of(str(client.base_url)).get("/logout")  # how it looks where the browser keeps the cookie to itself
        assert "set-cookie" not in stranger.headers
        assert client.get("/config").status_code == 200
        assert client.get("/logout", headers={"Sec-Fetch-Site": "same-origin"}).headers["location"] == "/login"
        assert client.get("/config").status_code == 401


def test_an_address_that_tries_many_names_is_locked_out(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(login, "TRIES_PER_ADDRESS", 4)  # 20 take seconds each on a busy machine
    with serving(Settings(auth=f"hr:{PASSWORD}"), Model()) as client:
        answers = [sign_in(client, f"name {number}").status_code for number in range(4)]
        assert answers == [401] * 3 + [429]
        assert sign_in(client, "hr").status_code == 429


def test_behind_a_trusted_proxy_the_address_is_that_of_the_visitor(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(login, "TRIES_PER_ADDRESS", 2)
    with serving(Settings(auth=f"hr:{PASSWORD}", trusted_proxy="127.0.0.1"), Model()) as client:
        for number in range(2):
            sign_in(client, f"name {number}", **{"X-Forwarded-For": "203.0.113.5"})
        assert sign_in(client, "hr", **{"X-Forwarded-For": "203.0.113.5"}).status_code == 429
        assert sign_in(client, "hr", **{"X-Forwarded-For": "203.0.113.6"}).status_code == 303


def test_a_removed_user_is_out_at_once_and_a_changed_password_ends_the_sessions(tmp_path: Path):
    file = tmp_path / "users"
    for user in ("ann", "bo", "cy"):
        write_user(file, user, PASSWORD)
    with serving(Settings(users=str(file)), Model()) as ann:
        address = str(ann.base_url)
        with client_of(address) as bo, client_of(address) as cy:
            for client, user in ((ann, "ann"), (bo, "bo"), (cy, "cy")):
                assert sign_in(client, user).status_code == 303
            remove_user(file, "ann")
            write_user(file, "bo", "another password")
            assert [client.get("/config").status_code for client in (ann, bo, cy)] == [401, 401, 200]
            assert sign_in(ann, "ann").status_code == 401
            assert [sign_in(bo, "bo").status_code, sign_in(bo, "bo", "another password").status_code] == [401, 303]
            remove_user(file, "bo"), remove_user(file, "cy")
            assert cy.get("/config").status_code == 401, "a file of nobody opens the page to nobody"
            file.write_text("not a user\n")
            assert cy.get("/config").status_code == 401, "what cannot be read changes nothing"


@pytest.mark.parametrize("auth", ["a:b", f"ann:{PASSWORD},hr:7 signs"])
def test_a_short_password_is_refused_with_the_reason_and_not_shown(auth):
    with pytest.raises(BadSetting) as error:
        open_accounts(Settings(auth=auth))
    said = error.value.sentence(texts("zh"))
    assert "至少 8 个字符" in said and "反复猜" in said
    assert "7 signs" not in said and PASSWORD not in said


def test_an_expired_session_is_refused_over_http(monkeypatch: pytest.MonkeyPatch):
    clock = Clock()
    monkeypatch.setattr(login, "Sessions", lambda: Sessions(clock))
    with serving(Settings(auth=f"hr:{PASSWORD}"), Model()) as client:
        sign_in(client, "hr")
        assert client.get("/config").status_code == 200
        clock.now += IDLE_SECONDS
        assert client.get("/config").status_code == 401
        assert client.get("/").headers["location"] == "/login"


def test_two_apps_on_one_machine_are_two_logins():
    settings = Settings(auth=f"hr:{PASSWORD}", port=7001)
    with serving(settings, Model()) as client, serving(Settings(auth=f"hr:{PASSWORD}", port=7002), Model()) as other:
        sign_in(client, "hr")
        assert client_of(str(other.base_url)).get("/config", headers={"cookie": f"{client.cookies}"}).status_code == 401
        assert set(client.cookies) == {"reranker-7001"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_speaks_both_languages_needs_no_script_and_repeats_no_markup(language):
    page = login_html(language, '"><script>alert(1)</script>', "login.wait", 7)
    assert texts(language)("login.wait", minutes=7) in page
    assert "<script" not in page
    assert not re.search(r'(src|href)="(?!/|data:)', page), "nothing from elsewhere"


@pytest.mark.parametrize(("user", "focused"), [("", "username"), ("hr", "password")])
def test_the_cursor_stands_in_the_first_empty_box(user: str, focused: str):
    (box,) = re.findall(r"<input[^>]* autofocus>", login_html("en", user, ""))
    assert f'name="{focused}"' in box


def test_without_users_nobody_is_asked():
    assert not Accounts({})
    with serving(Settings(), Model()) as client:
        assert client.get("/").status_code == 200


def test_a_user_who_signs_in_again_and_again_has_so_many_sessions_and_signs_out_nobody_else():
    sessions = Sessions()
    colleague = sessions.open("bo")
    tokens = [sessions.open("ann") for _ in range(3 * MOST_PER_USER)]
    assert sum(sessions.user(token) == "ann" for token in tokens) == MOST_PER_USER
    assert sessions.user(tokens[-1]) == "ann" and sessions.user(colleague) == "bo"


def test_each_try_that_is_checked_is_told_without_what_may_be_a_password():
    told: list[tuple[str, str, str]] = []
    reporting_login = Login(open_accounts(Settings(auth=f"hr:{PASSWORD}")), Sessions(), lambda *tried: told.append(tried))
    reporting_login.enter("hr", PASSWORD, "192.0.2.7")
    reporting_login.enter(PASSWORD, "hr", "2001:db8::7")
    for _ in range(TRIES_HERE + 2):
        reporting_login.enter("hr", "wrong", "192.0.2.7")
    assert told == [
        (GOOD, "hr", "192.0.2.7"),
        (FAILED, "", "2001:db8::/64"),
        *[(FAILED, "hr", "192.0.2.7")] * (TRIES_HERE - 1),
        (LOCKED, "hr", "192.0.2.7"),
    ], "who has to wait is not checked, and fills no table"
