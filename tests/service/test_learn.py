"""How far learned weights count for a job is said in words and in JSON."""

import pytest

from feedback.labels import MODEL_ORDER, Strength, Weights
from i18n.texts import texts
from service.learn import order_said
from service.output.as_json import weights_as_json

LEARNED = Weights(3, {"logit": 1.0, "quantified": 2.0}, "f1")


@pytest.mark.parametrize(
    ("weights", "zh", "en", "learned"),
    [
        (MODEL_ORDER, "", "", None),
        (
            LEARNED.at(Strength(0.35, 14)),
            "14 个相近岗位的标注调整，力度 35%",
            "14 similar jobs, strength 35 %",
            {"strength": 0.35, "similar_jobs": 14},
        ),
        (LEARNED.at(Strength(0.001, 1)), "力度 1%", "strength 1 %", {"strength": 0.001, "similar_jobs": 1}),
        (LEARNED.at(Strength(0.0, 0)), "模型原顺序", "own order", {"strength": 0.0, "similar_jobs": 0}),
        (LEARNED.at(Strength(1.0)), "第 3 版", "version 3", {"strength": 1.0, "similar_jobs": None}),
        (LEARNED, "第 3 版", "version 3", {"strength": 1.0, "similar_jobs": None}),
    ],
    ids=["model", "in part", "hardly", "far", "jobs not known", "run of an earlier release"],
)
def test_the_strength_is_said(weights: Weights, zh: str, en: str, learned: dict | None):
    assert zh in order_said(weights, texts("zh")) and en in order_said(weights, texts("en"))
    assert bool(order_said(weights, texts("zh"))) == bool(weights.version)
    assert weights_as_json(weights) == {"weights_version": weights.version, "learned": learned}
