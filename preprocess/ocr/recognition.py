"""Recognise the lines of text on a picture of a page, whichever way up. rapidocr brings the models; nothing is downloaded or logged."""

import os
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from preprocess.ocr.boxes import RecognisedLine

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # onnxruntime, once loaded, keeps a database in the home folder and sends it to its maker
import rapidocr

_MODELS = Path(rapidocr.__file__).parent / "models"
_SURE = 0.9  # confidence in a page; below it, it is tried the other way up
_DETECTION_SIDE = 1280  # pixels of the long side where lines are looked for, in half the time of 2000; they are read at full size
_TALL = 1.5  # height by width from which on rapidocr takes a box for text that runs downwards


def recognise(image: Image.Image, threads: int) -> tuple[list[RecognisedLine], Image.Image]:
    """Return the lines on the page, and the picture turned upright."""
    boxes = _read(image, threads)
    if _lies_on_its_side(boxes):
        # rapidocr turns such lines against the clock to read them: if that was the wrong way, so it is for the page.
        image = image.transpose(Image.Transpose.ROTATE_90 if confidence(boxes) >= _SURE else Image.Transpose.ROTATE_270)
        boxes = _read(image, threads)
    if 0 < confidence(boxes) < _SURE:
        turned = image.transpose(Image.Transpose.ROTATE_180)
        turned_boxes = _read(turned, threads)
        if confidence(turned_boxes) > confidence(boxes):
            boxes, image = turned_boxes, turned
    return boxes, image


def confidence(boxes: list[RecognisedLine]) -> float:
    """Return the mean confidence over all characters, 0 if there are none. Upright pages reach 0.95 and more, upside down 0.7 at most."""
    return sum(box.confidence * len(box.text) for box in boxes) / max(1, sum(len(box.text) for box in boxes))


def _read(image: Image.Image, threads: int) -> list[RecognisedLine]:
    output: Any = _model(threads)(np.asarray(image)[:, :, ::-1])  # of several types, but this one with these settings
    if not output:
        return []
    return [_line(*line) for line in zip(output.txts, output.boxes.tolist(), output.scores, strict=True)]


def _line(text: str, corners: list[list[float]], score: float) -> RecognisedLine:
    """Return a line with its corners from where the text begins; rapidocr names them as they lie on the page."""
    top_left, top_right, bottom_right, bottom_left = [(x, y) for x, y in corners]
    box = RecognisedLine(text, (top_left, top_right, bottom_right, bottom_left), float(score))
    is_tall = box.height >= _TALL * box.width
    return RecognisedLine(text, (top_right, bottom_right, bottom_left, top_left), float(score)) if is_tall else box


def _lies_on_its_side(boxes: list[RecognisedLine]) -> bool:
    tall = sum(len(box.text) for box in boxes if abs(box.corners[1][1] - box.corners[0][1]) > abs(box.corners[1][0] - box.corners[0][0]))
    return tall > 0.5 * sum(len(box.text) for box in boxes)


@cache
def _model(threads: int) -> rapidocr.RapidOCR:
    """Return the models. With its files named, rapidocr does not look for them on the network; upside-down pages are handled here."""
    return rapidocr.RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.text_score": 0.0,
            "Global.use_cls": False,
            "Det.limit_type": "max",
            "Det.limit_side_len": _DETECTION_SIDE,
            "Det.model_path": str(_MODELS / "PP-OCRv6_det_small.onnx"),
            "Rec.model_path": str(_MODELS / "PP-OCRv6_rec_small.onnx"),
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
