"""A picture of a page → the lines on it, whichever way up it lies. The models come with rapidocr; nothing is fetched or logged."""

import os
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from preprocess.ocr.boxes import Box

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # onnxruntime, once loaded, keeps a database in the home folder and sends it to its maker
import rapidocr

_MODELS = Path(rapidocr.__file__).parent / "models"
_SURE = 0.9  # confidence in a page; below it, it is tried the other way up
_FINDS_AT = 1280  # pixels of the long side where lines are looked for, in half the time of 2000; they are read at full size
_TALL = 1.5  # height by width from which on rapidocr takes a box for text that runs downwards


def recognise(image: Image.Image, threads: int) -> tuple[list[Box], Image.Image]:
    """The lines on the page, and the picture turned as it has to be to read them."""
    boxes = _read(image, threads)
    if _lies_on_its_side(boxes):
        # rapidocr turns such lines against the clock to read them: if that was the wrong way, so it is for the page.
        image = image.transpose(Image.Transpose.ROTATE_90 if confidence(boxes) >= _SURE else Image.Transpose.ROTATE_270)
        boxes = _read(image, threads)
    if 0 < confidence(boxes) < _SURE:
        turned = image.transpose(Image.Transpose.ROTATE_180)
        others = _read(turned, threads)
        if confidence(others) > confidence(boxes):
            boxes, image = others, turned
    return boxes, image


def confidence(boxes: list[Box]) -> float:
    """The mean over all characters, 0 where there are none. Pages read as they should be reach 0.95 and more, upside down 0.7 at most."""
    return sum(box.confidence * len(box.text) for box in boxes) / max(1, sum(len(box.text) for box in boxes))


def _read(image: Image.Image, threads: int) -> list[Box]:
    found: Any = _model(threads)(np.asarray(image)[:, :, ::-1])  # of several types, but this one with these settings
    if not found:
        return []
    return [_box(*line) for line in zip(found.txts, found.boxes.tolist(), found.scores, strict=True)]


def _box(text: str, corners: list[list[float]], score: float) -> Box:
    """rapidocr names the corners as they lie on the page; here the first is where the text begins."""
    top_left, top_right, bottom_right, bottom_left = [(x, y) for x, y in corners]
    box = Box(text, (top_left, top_right, bottom_right, bottom_left), float(score))
    is_tall = box.height >= _TALL * box.width
    return Box(text, (top_right, bottom_right, bottom_left, top_left), float(score)) if is_tall else box


def _lies_on_its_side(boxes: list[Box]) -> bool:
    tall = sum(len(box.text) for box in boxes if abs(box.corners[1][1] - box.corners[0][1]) > abs(box.corners[1][0] - box.corners[0][0]))
    return tall > 0.5 * sum(len(box.text) for box in boxes)


@cache
def _model(threads: int) -> rapidocr.RapidOCR:
    """With its files named, rapidocr does not look for them on the network. Lines upside down are dealt with here, page by page."""
    return rapidocr.RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.text_score": 0.0,
            "Global.use_cls": False,
            "Det.limit_type": "max",
            "Det.limit_side_len": _FINDS_AT,
            "Det.model_path": str(_MODELS / "PP-OCRv6_det_small.onnx"),
            "Rec.model_path": str(_MODELS / "PP-OCRv6_rec_small.onnx"),
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
