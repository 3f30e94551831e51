"""Of a very long resume the lines that say something are looked at, wherever they stand, and the row says how many are not."""

from reranker.evidence.facts import numbers
from reranker.evidence.resume_text.lines import MAX_LINES, read_lines
from tests.each import each

PAPERS = [f"{number}. Kelp plot {number}, {1990 + number % 33}" for number in range(1, 460)]
HEAD = ["Prof. Aurelian Finch", "Work Experience", "Reader in marine botany, Fallowmere University, 2004 - 2023"]
TAIL = ["Programming", "Wrote the survey pipeline in Python and PostgreSQL.", "Education", "M.Sc. Marine Biology, 2003", "IELTS 7.5"]


def test_lists_give_way_to_what_stands_behind_them():
    lines = read_lines("\n".join([*HEAD, *PAPERS, *TAIL]))
    assert lines.lines[:3] == HEAD and lines.lines[-5:] == TAIL
    assert (len(lines.lines), lines.unread) == (MAX_LINES, 0)
    assert lines.skills[-4] == {"Python", "PostgreSQL"}


def test_facts_keep_their_places_in_the_text():
    text = "\n".join([*HEAD, *PAPERS, *TAIL])
    (degree,) = read_lines(text).degrees
    assert "M.Sc." in text[degree.start : degree.end]


def test_lines_beyond_the_limit_are_counted():
    lines = [f"Moved department number {number} to the new scheduler." for number in range(450)]
    resume = read_lines("\n".join(lines))
    assert (resume.lines, resume.unread) == (lines[:MAX_LINES], 50)


def test_a_resume_of_usual_length_is_read_whole():
    text = "\n".join([*HEAD, *PAPERS[:200], *TAIL])
    resume = read_lines(text)
    assert (len(resume.lines), resume.unread, resume.is_complete) == (208, 0, True)


def test_long_lists_of_keywords_and_courses_are_told_from_work():
    keywords = "Go, Java, Kafka, NATS, Docker, Kubernetes, gRPC, mentoring, fluent English"
    text = f"Skills\n{keywords}\nCourses\nGo in 24 hours (Udemy), Kubernetes for beginners\nExperience\nBuilt Go services on Kubernetes"
    resume = read_lines(text)
    assert {resume.lines[index] for index in resume.listed} == {keywords, "Go in 24 hours (Udemy), Kubernetes for beginners"}
    assert [line for line, is_work in zip(resume.lines, resume.is_work, strict=True) if is_work] == ["Built Go services on Kubernetes"]


OF_STUDENTS = """
有团队管理经验（3人以上） | 校学生会财务部部长，管理10人团队，负责30万元活动经费 | not_said
有3人以上团队管理经验 | 校园：辩论队队长，带领12人团队 | not_said
有3人以上团队管理经验 | 文学社社长，管理30人 | not_said
有3人以上团队管理经验 | 大学期间任班长，管理40人 | not_said
有3人以上团队管理经验 | 青协副会长，带领志愿者20人 | not_said
有3人以上团队管理经验 | 院团委副书记，带15人团队 | not_said
有3人以上团队管理经验 | 生产车间班长，管理20人 | met
有3人以上团队管理经验 | 报社社长，管理20人 | met
有3人以上团队管理经验 | 旅行社社长，管理20人 | met
有3人以上团队管理经验 | 管理6人 | met
Managed a team of at least 3 | President of the student union, led a team of 12 | not_said
Managed a team of at least 3 | Captain of the university debating society, led 10 people | not_said
Managed a team of at least 3 | Led a student council of 15 people | not_said
Managed a team of at least 3 | Led a team of 5 at Acme | met
"""


@each("requirement, resume, expected", [tuple(line.split(" | ")) for line in OF_STUDENTS.splitlines() if line])
def test_fellow_students_are_no_staff(requirement, resume, expected):
    demand = numbers.asked(requirement)
    assert demand is not None
    assert numbers.answer(demand, read_lines(resume).numbers).verdict == expected
