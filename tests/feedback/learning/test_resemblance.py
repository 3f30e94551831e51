"""How far jobs resemble one another: by kind whatever the language, smoothly, and not at all far away."""

import numpy as np
import pytest

from feedback.learning.job_vectors import encoded
from feedback.learning.kinds import kinds_of
from feedback.learning.resemblance import NEAREST, is_near, job_space, resemblance, strength, strengths
from tests.encoder import ENCODER

BACKEND = [
    "Senior Backend Engineer\nRequirements:\n- 5 years of Java or Go services\n- MySQL and Redis at scale\n- Kafka, Kubernetes",
    "Backend Developer (Java)\nWhat you bring:\n- Spring Boot microservices\n- SQL tuning, message queues\n- on-call experience",
    "Java 后端开发工程师\n任职要求：\n1. 精通 Java 与 Spring Boot\n2. 熟悉 MySQL、Redis、Kafka\n3. 有高并发服务经验",
]
FINANCE = [
    "财务会计\n任职要求：\n1. 会计专业本科，中级会计职称\n2. 熟悉企业会计准则与纳税申报\n3. 独立做账、编制合并报表",
    "Financial Accountant\nRequirements:\n- ACCA qualified\n- month-end close and consolidation\n- VAT and corporation tax returns",
]


@pytest.fixture(scope="module")
def vectors() -> np.ndarray:
    return encoded([*BACKEND, *FINANCE], ENCODER)


def test_weights_of_english_software_jobs_do_not_reach_a_chinese_finance_job(vectors: np.ndarray):
    english_software, chinese_software, chinese_finance = vectors[:2], vectors[2], vectors[3]
    assert strength(chinese_finance, english_software).value == 0
    assert strength(chinese_finance, english_software).similar_jobs == 0
    near = strength(chinese_software, english_software)
    assert near.value > 0.2 and near.similar_jobs == 2, "the same kind of job in another language is near"


def test_jobs_are_sorted_into_kinds_across_languages(vectors: np.ndarray):
    assert kinds_of(vectors).tolist() == [0, 0, 0, 1, 1], "the larger kind first"
    assert kinds_of(np.vstack([vectors, np.zeros((1, vectors.shape[1]))])).tolist() == [0, 0, 0, 1, 1, 2], "an unknown one is alone"
    assert kinds_of(vectors[:1]).tolist() == [0] and kinds_of(vectors[:0]).tolist() == []


def at_cosine(cosine: float) -> np.ndarray:
    """Return two vectors of the encoder whose cosine in the space of jobs is this."""
    space, dice = job_space(), np.random.default_rng(0)
    first, second = dice.normal(size=(2, len(space.mean)))
    for vector in (first, second):
        vector -= space.common * (vector @ space.common)
    first /= np.linalg.norm(first)
    second -= first * (first @ second)
    second /= np.linalg.norm(second)
    return np.stack([first, cosine * first + np.sqrt(1 - cosine**2) * second]) + space.mean


def test_likeness_has_no_cliff_and_is_exactly_nothing_below():
    space = job_space()
    cosines = np.linspace(space.low - 0.05, space.high + 0.05, 60)
    values = np.array([resemblance(pair[:1], pair[1:])[0, 0] for pair in map(at_cosine, cosines)])
    assert (values[cosines <= space.low - 1e-6] == 0).all() and values[cosines >= space.high + 1e-6] == pytest.approx(1)
    assert (np.diff(values) >= -1e-9).all() and np.diff(values).max() < 0.07


def test_a_few_jobs_of_the_kind_are_full_strength_and_more_of_other_kinds_do_not_replace_them():
    assert strengths(np.array([[1.0] * NEAREST, [1.0] + [0.0] * (NEAREST - 1)])) == pytest.approx([1, 1 / NEAREST])
    assert strengths(np.full((1, 500), 0.1)) == pytest.approx([0.1])
    assert strengths(np.zeros((2, 0))).tolist() == [0, 0]


def test_a_job_without_a_vector_resembles_nothing(vectors: np.ndarray):
    unknown = np.zeros((1, vectors.shape[1]))
    assert not resemblance(unknown, vectors).any() and not resemblance(vectors, unknown).any()
    assert is_near(vectors[0], vectors[1:2]) and not is_near(vectors[0], vectors[3:])
