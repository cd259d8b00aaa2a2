"""What bad scanners and telephones do to a page: functions from picture to picture, at 200 dpi unless told."""

from __future__ import annotations

import io
from collections.abc import Callable

import cv2
import numpy as np
import pypdfium2 as pdfium
from PIL import Image

Picture = np.ndarray
_WHITE = (255, 255, 255)


def scanned(pdf: bytes, spoil: Callable[[Picture], Picture], dpi: int = 200) -> bytes:
    """Return a PDF of pictures of the pages of a PDF, spoilt."""
    document = pdfium.PdfDocument(pdf)
    pages = [document[i].render(scale=dpi / 72).to_numpy()[:, :, :3].copy() for i in range(len(document))]
    pictures = [Image.fromarray(np.ascontiguousarray(spoil(page)[:, :, ::-1])) for page in pages]
    out = io.BytesIO()
    pictures[0].save(out, "PDF", resolution=dpi, save_all=True, append_images=pictures[1:], quality=85)
    return out.getvalue()


def tilted(page: Picture, degrees: float) -> Picture:
    """Return a page laid on the glass at an angle."""
    height, width = page.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return cv2.warpAffine(page, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=_WHITE)


def turned(page: Picture, quarters: int) -> Picture:
    """Return a page laid on its side or its head."""
    return np.ascontiguousarray(np.rot90(page, quarters))


def noisy(page: Picture, much: float) -> Picture:
    """Return a grey page full of grain."""
    grain = np.random.default_rng(7).normal(0, much, page.shape)
    return np.clip(page * 0.9 + grain, 0, 255).astype(np.uint8)


def faint(page: Picture) -> Picture:
    """Return a page printed with the last of the toner."""
    return (255 - (255 - page.astype(float)) * 0.35).astype(np.uint8)


def blurred(page: Picture, much: float) -> Picture:
    """Return a page out of focus."""
    return cv2.GaussianBlur(page, (0, 0), much)


def fat(page: Picture) -> Picture:
    """Return a page copied with the copier too dark: strokes run together."""
    grey = cv2.cvtColor(blurred(page, 1.2), cv2.COLOR_BGR2GRAY)
    return cv2.cvtColor(np.where(grey > 215, 255, 0).astype(np.uint8), cv2.COLOR_GRAY2BGR)


def squeezed(page: Picture, quality: int) -> Picture:
    """Return a page saved as a small JPEG."""
    return cv2.imdecode(cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], 1)


def photographed(page: Picture) -> Picture:
    """Return a page photographed from the side in poor light."""
    height, width = page.shape[:2]
    corners = np.float32([[0, 0], [width, 0], [width, height], [0, height]])
    seen = np.float32([[0.02 * width, 0.01 * height], [0.99 * width, 0], [0.97 * width, 0.99 * height], [0, height]])
    view = cv2.getPerspectiveTransform(corners, seen)
    page = cv2.warpPerspective(page, view, (width, height), flags=cv2.INTER_CUBIC, borderValue=_WHITE)
    light = np.linspace(0.45, 1, width)[None, :, None] * np.linspace(1, 0.7, height)[:, None, None]
    return squeezed((page * light).astype(np.uint8), 60)


def on_a_desk(page: Picture, seed: int = 3) -> Picture:
    """Return a page photographed on a wooden desk with a telephone: perspective, shadow, a little blur and grain."""
    rng = np.random.default_rng(seed)
    height, width = page.shape[:2]
    across, down = int(width * 1.25), int(height * 1.2)
    grain = cv2.GaussianBlur(rng.normal(0, 40, (down // 8, across // 40, 1)), (0, 0), 2)
    wood = cv2.resize(grain, (across, down))[:, :, None] + np.array([70, 100, 140])
    corners = np.float32([[0, 0], [width, 0], [width, height], [0, height]])
    drift = rng.uniform(-0.03, 0.03, (4, 2)) * [width, height]
    seen = np.float32(corners * 0.97 + [0.13 * width, 0.11 * height] + drift)
    view = cv2.getPerspectiveTransform(corners, seen)
    size = (across, down)
    sheet = cv2.warpPerspective(page, view, size, flags=cv2.INTER_CUBIC, borderValue=_WHITE)
    inside = cv2.warpPerspective(np.full((height, width), 255, np.uint8), view, size)[:, :, None] > 127
    photo = np.where(inside, sheet.astype(float), wood)
    light = np.linspace(1, 0.55, across)[None, :, None] * np.linspace(0.8, 1, down)[:, None, None]
    shadow = np.ones((down, across), np.float32)
    cv2.ellipse(shadow, (across // 3, down), (across // 3, down // 3), 0, 0, 360, 0.62, -1)
    shadow = cv2.GaussianBlur(shadow, (0, 0), width / 30)[:, :, None]
    photo = blurred(np.clip(photo * light * shadow + rng.normal(0, 4, photo.shape), 0, 255).astype(np.uint8), 0.8)
    return squeezed(photo, 70)


def faxed(page: Picture, fine: bool = False) -> Picture:
    """Return a page sent by fax: 204 by 98 dots an inch (196 if fine), black and white, with specks."""
    height, width = page.shape[:2]
    across = int(width * 204 / 200)
    down = int(height * (196 if fine else 98) / 200)
    grey = cv2.cvtColor(cv2.resize(page, (across, down), interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2GRAY)
    dots = np.where(grey > 150, 255, 0).astype(np.uint8)
    specks = np.random.default_rng(5).random(dots.shape) < 0.0008
    dots[specks] = 0
    return cv2.cvtColor(cv2.resize(dots, (width, height), interpolation=cv2.INTER_NEAREST), cv2.COLOR_GRAY2BGR)


def sealed(page: Picture) -> Picture:
    """Return a page with a red seal over its text."""
    layer = np.full_like(page, 255)
    middle, radius = (int(page.shape[1] * 0.6), int(page.shape[0] * 0.35)), 140
    for size, thick in ((radius, 5), (int(radius * 0.7), 3)):
        cv2.circle(layer, middle, size, (70, 50, 210), thick)
    for letter in range(24):
        angle = letter * np.pi / 12
        place = (int(middle[0] + 0.84 * radius * np.cos(angle)), int(middle[1] + 0.84 * radius * np.sin(angle)))
        cv2.putText(layer, "UBND"[letter % 4], place, cv2.FONT_HERSHEY_SIMPLEX, 0.5, (70, 50, 210), 2)
    return np.minimum(page, layer)
