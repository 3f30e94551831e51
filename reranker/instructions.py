"""Define the instruction templates. They are in English for any resume language: the model was trained on English instructions."""

from dataclasses import dataclass

TEMPLATES = {
    "neutral": "Rank resumes by how well the candidate's own work proves the requirements of the job description",
    "tech": (
        "Rank resumes by match to technical requirements in the job description, "
        "prioritizing hands-on project experience over years of experience"
    ),
    "manager": (
        "Given a leadership role JD, rank candidates by evidence of people management, "
        "cross-functional influence, and business impact in their work history"
    ),
    "graduate": (
        "For entry-level position, rank candidates by academic projects, open-source contributions, "
        "and internship relevance over formal work experience"
    ),
}
"""通用, 技术岗初筛, 管理岗评估, 应届生筛选."""

DEFAULT_TEMPLATE = "neutral"
"""Right for any trade: a job in finance must not begin with technical requirements."""
DEFAULT_INSTRUCTION = TEMPLATES[DEFAULT_TEMPLATE]

MODEL_CARD_INSTRUCTION = "Given a web search query, retrieve relevant passages that answer the query"
"""Default instruction of Qwen3-Reranker's model card: programs that rerank texts expect its scores, not those of a JD."""


@dataclass(frozen=True)
class Emphasis:
    """A template for an engine that does not read instructions: `demands`, in Chinese and in English, count like requirements of
    the job, and requirements that ask for years count `years` times as much as others.
    """

    demands: tuple[tuple[str, str], ...]
    years: float


_EMPHASES = {
    "neutral": Emphasis((), years=1.0),
    "tech": Emphasis((("亲手做过的项目，有交付的成果", "Hands-on project work with results that were delivered"),), years=0.5),
    "manager": Emphasis(
        (
            ("带过团队，管人、招人、培养人", "People management: led, hired and developed a team"),
            ("推动过跨部门的工作", "Cross-functional influence: drove work across departments"),
            ("做出过业务成果：收入、成本、增长或效率", "Business impact: results in revenue, cost, growth or efficiency"),
        ),
        years=1.0,
    ),
    "graduate": Emphasis(
        (
            ("课程设计、毕业设计或科研项目", "Academic, course or research projects"),
            ("开源贡献或自己做的作品", "Open-source contributions or projects of one's own"),
            ("相关的实习经历", "Relevant internships"),
        ),
        years=0.25,
    ),
}


def emphasis(instruction: str) -> Emphasis | None:
    """Return what an instruction that begins with a template emphasises, None for one in other words."""
    return next((_EMPHASES[name] for name, text in TEMPLATES.items() if instruction.startswith(text)), None)
