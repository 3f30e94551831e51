"""A reader that a file has taken over: real processes that are confined and then try to get at something, each of which works before."""

import json
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import _weaknesses
from i18n.texts import texts
from preprocess.docx.reader import read_docx
from preprocess.guarded.client import call_reader, read_guarded
from preprocess.guarded.sandbox import Protection, landlock, protection
from preprocess.pdf.worker import read_file
from tests.data.make_docx import ordinary
from tests.data.make_pdf import text_pdf
from tests.data.make_scans import EXAMPLES, drawn, scan_pdf

ROOT = Path(__file__).parents[3]
HAS = protection()
NO_LANDLOCK = pytest.mark.skipif(not HAS.landlock, reason="the kernel of this machine has no Landlock, or it is not enabled")
NO_SECCOMP = pytest.mark.skipif(not HAS.seccomp, reason="the kernel of this machine has no seccomp, or it is another architecture")
NEITHER = pytest.mark.skipif(not any(HAS), reason="the kernel of this machine has neither Landlock nor seccomp")

PROGRAM = Path(__file__).parent / "attempts.py"

# What is tried, by what it is called; each works in a process that is not confined.
LANDLOCK_ALONE = {
    "open_the_database": "sqlite3.connect(f'file:{files}/feedback.sqlite3?mode=ro', uri=True).execute('select * from resumes').fetchall()",
    "read_a_file_of_the_user": "(files / 'letter.txt').read_text()",
    "list_a_folder_of_the_user": "list(files.iterdir())",
    "read_etc_passwd": "Path('/etc/passwd').read_text()",
    "read_the_settings_of_the_app": "Path('settings.py').read_text()",
    "read_the_memory_of_the_parent": "open(f'/proc/{parent}/mem', 'rb', 0)",
    "read_the_environment_of_the_parent": "Path(f'/proc/{parent}/environ').read_bytes()",
    "read_its_own_environment_as_it_was": "Path('/proc/self/environ').read_bytes()",
}
BOTH = {
    "create_a_file": "os.open(files / 'new.txt', os.O_CREAT | os.O_WRONLY)",
    "create_a_file_without_a_name": "os.open(files, os.O_TMPFILE | os.O_RDWR)",
    "write_to_a_file": "os.open(files / 'letter.txt', os.O_WRONLY)",
    "empty_a_file": "os.truncate(files / 'letter.txt', 0)",
    "delete_a_file": "os.unlink(files / 'letter.txt')",
    "rename_a_file": "os.rename(files / 'letter.txt', files / 'other.txt')",
    "make_a_folder": "os.mkdir(files / 'folder')",
    "link_a_file": "os.link(files / 'letter.txt', files / 'linked.txt')",
    "connect_to_this_machine": "socket.create_connection(('127.0.0.1', port))",
    "listen": "socket.create_server(('127.0.0.1', 0))",
    "start_a_program": "subprocess.run(['/bin/true'], check=True)",
    "become_a_program": "os.execv('/bin/echo', ['echo', 'done'])",
    "signal_its_parent": "os.kill(parent, 0)",
}
SINCE = {"empty_a_file": 3, "connect_to_this_machine": 4, "listen": 4, "signal_its_parent": 6}  # versions of Landlock
SECCOMP_ALONE = {
    "open_a_tcp_socket": "socket.socket(socket.AF_INET, socket.SOCK_STREAM)",
    "open_a_tcp_socket_of_ipv6": "socket.socket(socket.AF_INET6, socket.SOCK_STREAM)",
    "send_udp": "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'resume', ('127.0.0.1', port))",
    "open_a_unix_socket": "socket.socket(socket.AF_UNIX)",
    "make_a_socket_pair": "socket.socketpair()",
    "ask_the_kernel_over_netlink": "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
    "fork": "os.fork() or os._exit(0)",
    "fork_as_c_does": "call(56 if x86 else 220, signal.SIGCHLD, 0, 0, 0, 0) or os._exit(0)",
    "change_the_rights_of_a_file": "os.chmod(files / 'letter.txt', 0o777)",
    "change_the_time_of_a_file": "os.utime(files / 'letter.txt', (0, 0))",
    "have_a_signal_sent_to_its_parent": "fcntl.fcntl(1, fcntl.F_SETOWN, parent)",
    "slow_its_parent_down": "os.setpriority(os.PRIO_PROCESS, parent, os.getpriority(os.PRIO_PROCESS, parent))",
    "bind_its_parent_to_a_core": "os.sched_setaffinity(parent, os.sched_getaffinity(parent))",
    "limit_its_parent": "__import__('resource').prlimit(parent, 7, __import__('resource').prlimit(parent, 7))",
    "set_its_own_limit": "__import__('resource').setrlimit(7, (9, 9))",
    "be_traced": "call(101 if x86 else 117, 0, 0, 0, 0)",
    "read_the_memory_of_a_process": "call(310 if x86 else 270, os.getpid(), 0, 0, 0, 0, 0)",
    "leave_its_namespaces": "call(272 if x86 else 97, 0)",
    "make_a_file_in_memory": "os.memfd_create('program')",
    "make_a_pipe": "os.pipe()",
    "change_its_folder": "os.chdir('/')",
    "hold_a_process": "os.pidfd_open(parent)",
}
# What fails without any protection too where the kernel lacks it or its owner forbids it: there is nothing to compare with.
CLOSED_TO_MANY = {
    "use_io_uring": "call(425, 1, 0)",
    "handle_page_faults": "call(323 if x86 else 282, 1)",
    "load_bpf": "call(321 if x86 else 280, 0, 0, 128)",
    "watch_events": "call(298 if x86 else 241, 0, 0, -1, -1, 0)",
    "add_a_key": "call(250 if x86 else 219, 0, -3, 1)",
    "mount": "call(165 if x86 else 40, 0, 0, 0, 0, 0)",
    "enter_a_namespace": "call(308 if x86 else 268, os.open('/proc/self/ns/net', 0), 0)",
    "use_the_second_table_of_calls": "call(0x40000000 + 39)",
}


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Return a folder with a database and a file of the user."""
    (tmp_path / "letter.txt").write_text("private", "utf-8")
    with sqlite3.connect(tmp_path / "feedback.sqlite3") as database:
        database.execute("create table resumes (text)")
    database.close()
    return tmp_path


@pytest.fixture(scope="module")
def attempts() -> Iterator[subprocess.Popen[str]]:
    """Yield the program that forks a process for each attempt."""
    with subprocess.Popen([sys.executable, str(PROGRAM)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        yield program
        program.communicate()


def outcome(code: str, files: Path, attempts: subprocess.Popen[str], without: str = "") -> str:
    """Return what comes of an attempt in a confined process: "done", or the error. `without`: a layer to leave out, or "free" for all."""
    assert attempts.stdin and attempts.stdout
    attempts.stdin.write(json.dumps({"code": code, "files": str(files), "without": without}) + "\n")
    attempts.stdin.flush()
    return json.loads(attempts.stdout.readline()).strip()


def assert_refused(result: str) -> None:
    assert result.split()[0] in ("PermissionError", "OSError", "OperationalError", "ValueError"), result


@pytest.mark.parametrize("name", LANDLOCK_ALONE)
@NO_LANDLOCK
def test_no_other_file_can_be_read(name: str, files: Path, attempts: subprocess.Popen[str]) -> None:
    if outcome(LANDLOCK_ALONE[name], files, attempts, "free") != "done":
        pytest.skip("this machine refuses it to every process")
    assert_refused(outcome(LANDLOCK_ALONE[name], files, attempts))
    assert_refused(outcome(LANDLOCK_ALONE[name], files, attempts, "seccomp"))


@pytest.mark.parametrize("name", BOTH)
@NEITHER
def test_nothing_is_written_reached_or_started_and_each_layer_sees_to_it(name: str, files: Path, attempts: subprocess.Popen[str]) -> None:
    for layer, is_supported in (("seccomp", HAS.landlock), ("landlock", HAS.seccomp)):
        if is_supported and (layer == "landlock" or landlock.version() >= SINCE.get(name, 1)):
            assert_refused(outcome(BOTH[name], files, attempts, layer))
    assert outcome(BOTH[name], files, attempts, "free") == "done"


@pytest.mark.parametrize("name", SECCOMP_ALONE)
@NO_SECCOMP
def test_calls_that_reading_does_not_need_are_refused(name: str, files: Path, attempts: subprocess.Popen[str]) -> None:
    assert outcome(SECCOMP_ALONE[name], files, attempts, "free") == "done"
    assert_refused(outcome(SECCOMP_ALONE[name], files, attempts))
    assert_refused(outcome(SECCOMP_ALONE[name], files, attempts, "landlock"))


@pytest.mark.parametrize("name", CLOSED_TO_MANY)
@NO_SECCOMP
def test_calls_with_a_history_are_refused(name: str, files: Path, attempts: subprocess.Popen[str]) -> None:
    if outcome(CLOSED_TO_MANY[name], files, attempts, "free") != "done":
        pytest.skip("this machine refuses it to every process")
    assert_refused(outcome(CLOSED_TO_MANY[name], files, attempts))


@pytest.mark.skipif(sys.platform != "linux", reason="on macOS the starter closes what is inherited")
@pytest.mark.parametrize("without", ["", "landlock seccomp"])
def test_inherited_descriptors_are_closed(without: str, files: Path, attempts: subprocess.Popen[str]) -> None:
    assert outcome("os.fstat(inherited)", files, attempts, "free") == "done"
    assert outcome("os.fstat(inherited)", files, attempts, without) == "OSError 9"


@NO_SECCOMP
def test_nothing_is_sent_over_a_descriptor_that_stays_open() -> None:
    """Where input is a socket, descriptors must not be passed over it."""
    ours, theirs = socket.socketpair()
    code = "import socket\nfrom preprocess.guarded.sandbox import confine\ns = socket.socket(fileno=0)\nconfine()\ns.sendmsg([b'x'])"
    with ours, theirs:
        result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, stdin=theirs.fileno(), capture_output=True, text=True, timeout=60)
    assert "PermissionError" in result.stderr


@pytest.mark.parametrize("without", ["", "landlock", "seccomp", "landlock seccomp"])
def test_limits_hold_everywhere_and_computing_goes_on(without: str, files: Path, attempts: subprocess.Popen[str]) -> None:
    limits = "import resource; assert {resource.getrlimit(name) for name in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE)} == {(0, 0)}"
    assert outcome(f"{limits}; assert resource.getrlimit(resource.RLIMIT_NOFILE) <= (64, 64)", files, attempts, without) == "done"
    assert (
        outcome("worker = threading.Thread(target=time.sleep, args=(0,)); worker.start(); worker.join()", files, attempts, without)
        == "done"
    )
    assert outcome("import pypdf.filters, encodings.utf_16_be, wave, xml.dom.minidom", files, attempts, without) == "done"


def test_nothing_can_be_written_to_a_file_even_without_the_kernels_help(files: Path, attempts: subprocess.Popen[str]) -> None:
    result = outcome("(files / 'letter.txt').write_text('overwritten')", files, attempts, "landlock seccomp")
    assert result == "OSError 27"  # EFBIG


@pytest.mark.skipif(sys.platform != "linux", reason="Landlock and seccomp are Linux's")
def test_a_thread_that_runs_already_is_an_error() -> None:
    start = "thread = threading.Thread(target=threading.Event().wait, daemon=True); thread.start()"
    code = f"import threading\nfrom preprocess.guarded.sandbox import confine\n{start}\nconfine()"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert "comes before threads" in result.stderr


@NO_SECCOMP
def test_a_crash_is_still_a_crash() -> None:
    code = "import os\nfrom preprocess.guarded.sandbox import confine\nconfine()\nos.abort()"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, timeout=60)
    assert result.returncode == -signal.SIGABRT


def test_files_are_read_in_a_confined_process_as_in_any_other() -> None:
    """A PDF with fonts of its own, one that takes them from the system, and a DOCX: what the guarded readers answer."""
    for data in ((EXAMPLES / "en" / "Chloe_Marchetti.pdf").read_bytes(), text_pdf(["张三 高级工程师 十年经验", "Second line"])):
        assert read_guarded("pdf", data, "a.pdf") == read_file(data, "a.pdf")
    assert read_guarded("zip", ordinary(), "a.docx") == read_docx(ordinary(), "a.docx")


@pytest.mark.long
def test_a_scan_is_read_in_a_confined_process_as_in_any_other() -> None:
    pytest.importorskip("rapidocr", reason="text recognition is not installed")
    from preprocess.ocr.worker import read_scan

    image, _ = drawn(EXAMPLES / "en" / "Maya_Lindqvist.pdf", 0.13)
    scan = scan_pdf([image.crop((380, 50, 1140, image.height))])
    assert json.loads(call_reader("ocr", scan, "1", "10")) == json.loads(json.dumps(read_scan(scan, "1", "10")))


def test_onnxruntime_keeps_no_account_of_what_it_does_and_reports_to_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its wheels keep a database in the home folder, and send it to their maker, unless they are told not to before they are loaded."""
    pytest.importorskip("rapidocr", reason="text recognition is not installed")
    for name in ("CI", "GITHUB_ACTIONS", "ORT_DISABLE_TELEMETRY", "PYTEST_CURRENT_TEST", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    subprocess.run([sys.executable, "-c", "import preprocess.ocr.recognition"], cwd=ROOT, check=True, timeout=60)
    assert list(tmp_path.rglob("*")) == []


def test_the_start_says_in_one_line_what_this_system_cannot_prevent() -> None:
    words = texts("en")
    assert _weaknesses(Protection(landlock=True, seccomp=True), words) == []
    for sandbox in (Protection(True, False), Protection(False, True), Protection(False, False)):
        (line,) = _weaknesses(sandbox, words)
        assert "\n" not in line
        assert ("no Landlock" in line, "no seccomp" in line) == (not sandbox.landlock and sandbox.seccomp, sandbox.landlock)
