"""What goes to logs and consoles: no name, no phone, no line of a resume, whatever is done and whatever fails on the way."""

import subprocess
import sys
from pathlib import Path

import pytest

from feedback.store.store import FILE_NAME, Store
from tests.data.make_pdf import text_pdf
from tests.feedback.store.test_erase import bytes_beside
from tests.warm.process import run_warm

ROOT = Path(__file__).parents[2]

SECRETS = ("赵铁柱", "Farnsworth", "13912345678", "farnsworth@example.com", "分布式火星探测器", "martian probes")
RESUME = "赵铁柱\n电话：13912345678\n负责分布式火星探测器的后端，Python 五年，QPS 提升 37%"
ENGLISH = "Quentin Farnsworth\nfarnsworth@example.com\nFive years of Python, built martian probes for 3 million users"
JOB = "后端工程师\n任职要求：\n1. 熟悉 Python\n2. 有高并发经验"

# Everything there is to log, of this program and of what it uses, goes to stderr. Errors are told as the page tells them: by their type.
EVERYTHING = """
import logging, sys, warnings
from pathlib import Path
logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)
warnings.simplefilter("default")
from feedback.store import audit
from feedback.store.candidate_data import candidate_data, find_candidates
from feedback.store.erase import erase
from feedback.learning.groups import groups
from feedback.store.history import delete_run
from feedback.fairness.impact import impact
from feedback.files.imports import import_folder
from feedback.learning.learned import learned
from feedback.store.recording import as_run
from feedback.store.retention import sweep
from feedback.store.store import FILE_NAME, Store
from feedback.learning.tuning import learn_from_store
from preprocess.document import Unreadable
from preprocess.intake import File
from preprocess.pipeline import read_resumes
from reranker.embedded.engine import EmbeddedEngine
from reranker.judge.judge import Judge
from reranker.engine import Query
from reranker.ranking import rank
from reranker.scheduler import Scheduler

folder, job = Path(sys.argv[1]), sys.argv[2]
paths = sorted((folder / "resumes").iterdir())
read = list(read_resumes([File(path.name, path.read_bytes()) for path in paths]))
resumes = [one for one in read if not hasattr(one, "reason")]
judge = Judge()
engine, query, store = Scheduler(EmbeddedEngine(judge)), Query(job, "instruct"), Store(folder / FILE_NAME)
options = learned(store, engine.info.fingerprint).options
for at in (1.0, 1e9):
    run = store.add_run(as_run(rank(query, resumes, engine, judge, **options), query, resumes, engine.info, at=at, user="hr"))
    for place, resume in enumerate(resumes):
        store.label(run, resume.id, "hr", 2 if place == 0 else 0, f"{resume.name} {resume.text[:40]}")

def failing(act, *arguments):
    try:
        act(*arguments)
    except (LookupError, ValueError, Unreadable) as error:
        logging.error("%s: %s", type(error).__name__, error)
    else:
        raise AssertionError("did not fail")

failing(store.label, run, "0" * 64, "hr", 2)
failing(store.label, run, resumes[0].id, "hr", 7)
failing(store.run, 99)
failing(candidate_data, store, "0" * 64)
failing(impact, store, run, (resumes[0].name + ",x").encode())
impact(store, run, ("file,group\\n" + resumes[0].name + ",x\\nfarnsworth,y\\n").encode())
for imported in import_folder(store, folder):
    logging.info("%s", imported.problems)
learn_from_store(store, engine.info.fingerprint, judge.encoder)
assert find_candidates(store, "13912345678") and candidate_data(store, resumes[0].id)["versions"]
assert audit.audit_csv(store)
logging.info("%s", [(entry.event, entry.user, entry.facts) for entry in audit.entries(store)])
logging.info("%s", erase(store, [resumes[0].id], "hr"))
delete_run(store, 1, "hr")
logging.info("%s", sweep(store, 30, 1e9 + 31 * 86400.0, confirmed=True))
print(len(resumes), len(read), "done")
"""


def pile(folder: Path) -> Path:
    """Return resumes, good and bad, and a label file with a bad line."""
    resumes = folder / "resumes"
    resumes.mkdir()
    (resumes / "赵铁柱_13912345678.txt").write_text(RESUME, "utf-8")
    (resumes / "Farnsworth.pdf").write_bytes(text_pdf(ENGLISH.splitlines()))
    (resumes / "broken Farnsworth.pdf").write_bytes(text_pdf(ENGLISH.splitlines())[:200])
    (folder / "labels.csv").write_text(
        f'job,resume,label\n"{JOB}","{RESUME} again",1\n"{JOB}","{ENGLISH}",great\n"{JOB}","{ENGLISH}\n', "utf-8"
    )
    return resumes


def clean(output: str) -> bool:
    """Return whether the output holds none of the secrets, neither as they are nor as Python escapes text and bytes."""
    forms = [form for secret in SECRETS for form in (secret, ascii(secret)[1:-1], str(secret.encode())[2:-1])]
    return not [form for form in forms if form.lower() in output.lower()]


def test_the_scan_finds_what_it_looks_for():
    assert clean("a label file: line 3")
    for leak in (RESUME, repr(ENGLISH), ascii(RESUME[:3]), "no file FARNSWORTH.pdf", str("赵铁柱".encode())):
        assert not clean(leak)


@pytest.mark.long
def test_ranking_labelling_learning_and_erasing_log_nothing_of_a_resume(tmp_path: Path):
    pile(tmp_path)
    command = [sys.executable, "-X", "dev", "-c", EVERYTHING, str(tmp_path), JOB]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=110)
    assert done.returncode == 0 and done.stdout == "2 3 done\n", done.stderr[-3000:]
    assert "UnknownCandidate" in done.stderr and "bad_label" in done.stderr, "the log is there to be looked at"
    assert clean(done.stderr)


@pytest.mark.long
def test_the_commands_say_nothing_of_a_resume_beside_their_result(tmp_path: Path):
    resumes, feedback = pile(tmp_path), tmp_path / "feedback"
    (tmp_path / "JD.txt").write_text(JOB, "utf-8")
    flags = ["--job", tmp_path / "JD.txt", "--resumes", resumes, "--model", "embedded", "--json"]
    feedback.mkdir()
    (tmp_path / "labels.csv").rename(feedback / "labels.csv")
    ranked = run_warm("cli.py", "rank", *flags)
    assert ranked.returncode == 0, ranked.stderr
    tuned = run_warm("feedback_tune.py", "--feedback", feedback, "--model", "embedded")
    assert "Traceback" not in tuned.stderr
    assert "分布式火星探测器" in ranked.stdout
    store = Store(feedback / FILE_NAME)
    assert "分布式火星探测器".encode() in bytes_beside(store), "or there was nothing to tell"
    store.close()
    assert tuned.stdout and clean(tuned.stdout)
    assert all(done.stderr and clean(done.stderr) for done in (ranked, tuned))
