"""Define the instruction templates. They are in English for any resume language: the model was trained on English instructions."""

TEMPLATES = {
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
"""技术岗初筛, 管理岗评估, 应届生筛选."""

DEFAULT_INSTRUCTION = TEMPLATES["tech"]
