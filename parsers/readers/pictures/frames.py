"""The pictures in a file, decoded.

Belongs here: bytes to arrays, the way up the camera noted, square pixels for faxes, how large a picture may be.
Stays out: reading them (`reader`).
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

import numpy as np
from PIL import Image, ImageOps

from cchc.errors import DocumentError
from cchc.messages import translator
from parsers.limits import Limits
from parsers.outcomes import Outcome
from parsers.readers.ocr.ruled_lines import Picture

_ = translator("formats")

_UNEVEN = 1.05
"""From which ratio on the two resolutions of a picture are those of oblong pixels, as a coarse fax has them."""

_PAGED = frozenset({"TIFF", "HEIF"})
_FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "BMP")


def frames(data: bytes, limits: Limits) -> Iterator[Picture]:
    """Yield the pictures of a file as rows × columns × (blue, green, red), one page each.

    Raises DocumentError too_large for one with more pixels, or more pages, than a report has.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with _opened(data) as image:
            count = getattr(image, "n_frames", 1)
            pages = count if image.format in _PAGED else 1
            if pages > limits.pages:
                raise DocumentError(
                    Outcome.TOO_LARGE,
                    _("The file has {pages} pictures; a report may have {most} pages.").format(
                        pages=pages, most=limits.pages
                    ),
                )
            for number in range(pages):
                if pages > 1:
                    image.seek(number)
                yield _array(image, limits)


def _opened(data: bytes) -> Image.Image:
    """Return a picture opened by Pillow, HEIC by libheif."""
    if data[4:8] == b"ftyp":
        import pillow_heif

        pillow_heif.register_heif_opener(thumbnails=False)
        return Image.open(io.BytesIO(data), formats=("HEIF",))
    return Image.open(io.BytesIO(data), formats=_FORMATS)


def _array(image: Image.Image, limits: Limits) -> Picture:
    """Return one picture the way up its camera noted, with square pixels, on white where it is transparent."""
    if image.width * image.height > limits.picture_pixels * 2:
        raise DocumentError(
            Outcome.TOO_LARGE,
            _("A picture in the file has {size} million pixels, more than a page needs. Scan at 200 dpi.").format(
                size=image.width * image.height // 1_000_000
            ),
        )
    squared = _square(ImageOps.exif_transpose(image))
    if squared.mode in {"RGBA", "LA", "PA"} or "transparency" in squared.info:
        ground = Image.new("RGBA", squared.size, "white")
        ground.alpha_composite(squared.convert("RGBA"))
        squared = ground
    red_green_blue = np.asarray(_eight_bit(squared).convert("RGB"), dtype=np.uint8)
    return np.ascontiguousarray(red_green_blue[:, :, ::-1])


def _square(image: Image.Image) -> Image.Image:
    """Return a picture stretched where its file says that its pixels are oblong."""
    across, down = (float(value) for value in image.info.get("dpi", (1.0, 1.0)))
    if across <= 0 or down <= 0:
        return image
    ratio = across / down
    if 1 / _UNEVEN <= ratio <= _UNEVEN or not 1 / 4 <= ratio <= 4:
        return image
    grey = image.convert("L") if image.mode == "1" else image
    size = (image.width, round(image.height * ratio)) if ratio > 1 else (round(image.width / ratio), image.height)
    return grey.resize(size, Image.Resampling.BICUBIC)


def _eight_bit(image: Image.Image) -> Image.Image:
    """Return a picture of 16 bits a pixel with 8, any other as it is."""
    if not image.mode.startswith("I"):
        return image
    values = np.asarray(image, dtype=np.float32)
    return Image.fromarray((values * (255.0 / max(float(values.max()), 1.0))).astype(np.uint8))
