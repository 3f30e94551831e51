"""What is preferred, and traits, beside what is demanded: each of its own kind."""

from reranker.evidence.requirements import split_job
from tests.each import each


def kinds(job: str) -> list[tuple[str, str]]:
    return [(requirement.kind, requirement.text) for requirement in split_job(job)]


@each(
    "line, must, nice",
    [
        ("本科以上，理工科或市场营销专业优先", "本科以上", "理工科或市场营销专业优先"),
        ("大专及以上，会计专业优先", "大专及以上", "会计专业优先"),
        ("大專以上，會計專業優先", "大專以上", "會計專業優先"),
        ("统招本科，211/985优先", "统招本科", "211/985优先"),
        ("3年以上经验，有ERP上线经验者优先", "3年以上经验", "有ERP上线经验者优先"),
        ("本科学历（计算机专业优先）", "本科学历", "计算机专业优先"),
        ("大专，最好是会计专业", "大专", "最好是会计专业"),
        ("Bachelor's degree, preferably in CS", "Bachelor's degree", "preferably in CS"),
        ("3+ years of experience, ideally in retail", "3+ years of experience", "ideally in retail"),
        ("Diploma or above, accounting preferred", "Diploma or above", "accounting preferred"),
        ("Experience with Java. Kotlin is a plus.", "Experience with Java.", "Kotlin is a plus."),
    ],
)
def test_a_degree_or_years_stay_a_must_where_something_is_preferred(line: str, must: str, nice: str):
    assert kinds(f"任职要求\n{line}") == [("must", must), ("nice", nice)]


@each(
    "line, read",
    [
        ("抗压能力强，有狼性", [("soft", "抗压能力强，有狼性")]),
        ("有野心，渴望成功，有拼劲", [("soft", "有野心，渴望成功，有拼劲")]),
        ("Hunger to win, grit", [("soft", "Hunger to win, grit")]),
        ("工作细致、责任心强，能适应月末加班", [("soft", "工作细致、责任心强"), ("must", "能适应月末加班")]),
        ("责任心强、能接受夜班", [("soft", "责任心强"), ("must", "能接受夜班")]),
        ("沟通能力强，英语流利", [("soft", "沟通能力强"), ("must", "英语流利")]),
        ("熟悉 Excel，责任心强", [("must", "熟悉 Excel"), ("soft", "责任心强")]),
        ("Reliable and punctual, willing to work nights", [("soft", "Reliable and punctual"), ("must", "willing to work nights")]),
        ("责任心强，能独立推动跨团队项目落地", [("must", "责任心强，能独立推动跨团队项目落地")]),
        ("Knowledge of German. A big plus.", [("nice", "Knowledge of German. A big plus.")]),
    ],
)
def test_traits_stand_apart_from_what_can_be_proved(line: str, read: list[tuple[str, str]]):
    assert kinds(f"任职要求\n{line}") == read


@each(
    "job, musts, nice",
    [
        (
            "We need: 2 years in a bakery; early shifts; HACCP certificate. Driving licence is nice to have.",
            ["2 years in a bakery", "early shifts", "HACCP certificate."],
            "Driving licence is nice to have.",
        ),
        (
            "You must have: NMC registration; night shifts. German is a plus. We pay 20 pounds an hour.",
            ["NMC registration", "night shifts."],
            "German is a plus.",
        ),
        (
            "We bake. We need: 2 years in a bakery. Driving licence preferred. We offer 12 pounds an hour.",
            ["2 years in a bakery."],
            "Driving licence preferred.",
        ),
        ("招面包师。要求：2年以上烘焙经验；早班；健康证。有驾照优先。包吃住。", ["2年以上烘焙经验", "早班", "健康证"], "有驾照优先"),
        ("我们需要：2年以上烘焙经验；能上早班。会开车加分。", ["2年以上烘焙经验", "能上早班"], "会开车加分"),
    ],
)
def test_a_job_in_one_paragraph(job: str, musts: list[str], nice: str):
    assert kinds(job) == [*(("must", text) for text in musts), ("nice", nice)]
