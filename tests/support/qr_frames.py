"""Camera frames of cards with a QR, drawn and spoilt by a seed: what tests and ``bench/qr.py`` measure the reader with.

A card of 85.6 × 54 mm is drawn flat at twelve pixels a module (print, portrait, guilloche, the code with its quiet
zone), laid into the frame over a room out of focus by one perspective, and photographed: lens blur, exposure, the
distortion, sensor noise, JPEG as webcams send it.

Sizes are told in pixels a module, because that is what decides. An identity card's code has 45 or 49 modules on 11 mm:
at ``BASE_MODULE`` it is 180 to 196 pixels wide and the card a little wider than a 720p frame; at 2.7 the card takes
three quarters of such a frame, at 2.0 half of it. The insurance card's code has 61 modules on 24 mm.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import segno
from numpy.typing import NDArray

Image = NDArray[np.uint8]
Picture = NDArray[np.float32]
Spoil = Callable[["Shot"], Picture]

SIZES = ((640, 480), (1280, 720))
BASE_MODULE = 4.0
"""Pixels a module, unless the distortion is a size."""

PAYLOADS = {
    "cccd_7": ("099303000012||Trần Thị Bưởi|21032003|Nữ|Thôn Đông, Xã Hồng Thái, Huyện Phú Xuyên, Hà Nội|14082021"),
    "can_cuoc_11": (
        "099165000013|012345678|Đỗ Thị Ước|05091965|Nữ|Tổ dân phố 3, Phường Hà Đông, Thành phố Hà Nội|02072024||||"
    ),
    "bhyt_17": (
        "0199000001|4e677579e1bb856e205468e1bb8b204de1baab75|29/03/1988|2|-|01 - 028|01/07/2023|-|31/07/2023|"
        "01050199000001|-|4| 01/10/2027|0123456789abcdef-1202|4|"
        "5175e1baad6e2048c3a020c490c3b46e672c205468c3a06e68207068e1bb912048c3a0204ee1bb9969|$"
    ),
}

JPEG_QUALITY = 90

CODE_MM = {"cccd_7": 11.0, "can_cuoc_11": 11.0, "bhyt_17": 24.0}

_DRAWN = 12  # pixels a module of the flat card
_QUIET = 4


@dataclass(frozen=True, slots=True, eq=False)
class QrFrame:
    """One frame and what is in it."""

    distortion: str
    payload_name: str
    payload: bytes
    image: Image

    @property
    def is_720p(self) -> bool:
        """Whether the time limit is measured on it."""
        return bool(self.image.shape[0] == 720)


@dataclass(frozen=True, slots=True)
class Distortion:
    """How a frame is spoilt: where the card lies, then what the picture suffers.

    Attributes:
        module: Pixels a module.
        turn: Degrees in the plane.
        tilt: Degrees about the upright axis and the level axis.
        spoil: Applied to the photographed frame, with the code's centre and side.
    """

    name: str
    module: float = BASE_MODULE
    turn: float = 4.0
    tilt: tuple[float, float] = (0.0, 0.0)
    spoil: Spoil | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Shot:
    """A photographed frame on its way to be spoilt; grey values as floats."""

    image: Picture
    centre: tuple[float, float]
    side: float
    rng: np.random.Generator


def frames(seed: int = 7) -> Iterator[QrFrame]:
    """The 120 frames: 20 distortions × 3 payloads × 2 sizes, the same for the same seed."""
    for size in SIZES:
        for payload_name, payload in PAYLOADS.items():
            card = flat_card(payload.encode(), CODE_MM[payload_name], seed)
            for number, distortion in enumerate(DISTORTIONS):
                rng = np.random.default_rng([seed, number, size[0], len(payload)])
                yield QrFrame(distortion.name, payload_name, payload.encode(), photograph(card, distortion, size, rng))


@dataclass(frozen=True, slots=True, eq=False)
class FlatCard:
    """A card as printed, and where its code is (without quiet zone)."""

    image: Image
    corner: tuple[int, int]
    modules: int


def flat_card(payload: bytes, code_mm: float, seed: int = 7) -> FlatCard:
    """Draw a card of 85.6 × 54 mm, printed, with a code of ``code_mm`` near its top right corner."""
    code = segno.make(payload, error="m", micro=False, boost_error=False, mode="byte")
    matrix = np.array([[0 if bit else 255 for bit in row] for row in code.matrix], np.uint8)
    modules = len(matrix)
    side, quiet = modules * _DRAWN, _QUIET * _DRAWN
    width, height = (round(side * mm / code_mm) for mm in (85.6, 54.0))
    card = _print(width, height, np.random.default_rng(seed))
    left, top = width - side - quiet * 2, quiet * 2
    card[top - quiet : top + side + quiet, left - quiet : left + side + quiet] = 250
    card[top : top + side, left : left + side] = cv2.resize(matrix, (side, side), interpolation=cv2.INTER_NEAREST)
    return FlatCard(card, (left, top), modules)


def _print(width: int, height: int, rng: np.random.Generator) -> Image:
    """What is on a card besides its code: a guilloche, lines of text, the portrait, a chip."""
    card = np.full((height, width), 226, np.uint8)
    columns = np.arange(width)
    for wave in range(30):
        rows = height * wave // 30 + (height / 60 * np.sin(columns * 40 / width + wave)).astype(int)
        for thick in range(max(1, height // 400)):
            card[np.clip(rows + thick, 0, height - 1), columns] -= 18
    scale = height / 700
    for line in range(11):
        letters = "".join(chr(c) for c in rng.integers(65, 91, 34)).replace("E", " ").replace("O", " ")
        at = (round(width * 0.32), round(height * (0.12 + 0.08 * line)))
        cv2.putText(card, letters, at, cv2.FONT_HERSHEY_SIMPLEX, scale, 60, max(1, round(scale * 2)), cv2.LINE_AA)
    cv2.rectangle(card, (width // 20, height * 2 // 5), (width * 3 // 10, height * 9 // 10), 96, -1)
    cv2.rectangle(card, (width // 15, height // 6), (width // 5, height // 3), 170, -1)
    return card


def photograph(card: FlatCard, distortion: Distortion, size: tuple[int, int], rng: np.random.Generator) -> Image:
    """One frame of ``size`` (width, height), BGR."""
    width, height = size
    side = card.modules * _DRAWN
    middle = (card.corner[0] + side / 2, card.corner[1] + side / 2)
    centre = (width * rng.uniform(0.46, 0.54), height * rng.uniform(0.47, 0.53))
    mapping = _mapping(middle, centre, distortion.module / _DRAWN, distortion.turn, distortion.tilt)
    big = 2  # drawn larger and averaged, as a sensor does
    enlarge = np.diag([big, big, 1.0])
    scene = cv2.resize(_background(size, rng), None, fx=big, fy=big, interpolation=cv2.INTER_LINEAR)
    smooth = cv2.GaussianBlur(card.image, (0, 0), max(0.1, _DRAWN / distortion.module / big / 2))
    cv2.warpPerspective(
        smooth,
        enlarge @ mapping,
        (width * big, height * big),
        dst=scene,
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_TRANSPARENT,
    )
    grey = cv2.GaussianBlur(cv2.resize(scene, size, interpolation=cv2.INTER_AREA), (0, 0), 0.5)
    shot = Shot(_picture(grey * 0.85 + 12.0), centre, card.modules * distortion.module, rng)
    spoilt = distortion.spoil(shot) if distortion.spoil else shot.image
    sensed = np.asarray(np.clip(spoilt + rng.normal(0, 2, spoilt.shape), 0, 255), np.uint8)
    _, sent = cv2.imencode(".jpg", cv2.cvtColor(sensed, cv2.COLOR_GRAY2BGR), [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    return np.asarray(cv2.imdecode(sent, cv2.IMREAD_COLOR), np.uint8)


def _mapping(
    middle: tuple[float, float], centre: tuple[float, float], scale: float, turn: float, tilt: tuple[float, float]
) -> NDArray[np.float64]:
    """Card pixels to frame pixels: a pinhole some four code-widths away."""
    about_y, about_x, about_z = (np.radians(a) for a in (*tilt, turn))
    rot_z = np.array([[np.cos(about_z), -np.sin(about_z), 0], [np.sin(about_z), np.cos(about_z), 0], [0, 0, 1]])
    rot_y = np.array([[np.cos(about_y), 0, np.sin(about_y)], [0, 1, 0], [-np.sin(about_y), 0, np.cos(about_y)]])
    rot_x = np.array([[1, 0, 0], [0, np.cos(about_x), -np.sin(about_x)], [0, np.sin(about_x), np.cos(about_x)]])
    turned = rot_z @ rot_y @ rot_x
    distance = 2400.0
    planar = np.column_stack([turned[:, 0], turned[:, 1], [0, 0, distance]])
    to_middle = np.array([[1, 0, -middle[0]], [0, 1, -middle[1]], [0, 0, 1.0]])
    project = np.array([[distance, 0, 0], [0, distance, 0], [0, 0, 1.0]])
    place = np.array([[scale, 0, centre[0]], [0, scale, centre[1]], [0, 0, 1.0]])
    return np.asarray(place @ project @ planar @ to_middle, np.float64)


def _background(size: tuple[int, int], rng: np.random.Generator) -> Image:
    """A room out of focus: patches of light, clothes with a pattern."""
    width, height = size
    coarse = rng.uniform(40, 190, (9, 16)).astype(np.float32)
    room = cv2.resize(coarse, size, interpolation=cv2.INTER_CUBIC)
    weave = 14 * np.sin(np.arange(width) / 5)[None, :] * np.sin(np.arange(height) / 7)[:, None]
    return np.asarray(np.clip(room + weave + rng.normal(0, 6, room.shape), 0, 255), np.uint8)


def _picture(values: object) -> Picture:
    return np.asarray(values, np.float32)


def _blur(sigma: float) -> Spoil:
    return lambda shot: _picture(cv2.GaussianBlur(shot.image, (0, 0), sigma))


def _motion(pixels: int) -> Spoil:
    kernel = np.zeros((pixels, pixels), np.float32)
    kernel[pixels // 2] = 1 / pixels
    return lambda shot: _picture(cv2.filter2D(shot.image, -1, kernel))


def _contrast(share: float, level: float) -> Spoil:
    return lambda shot: _picture((shot.image - 128) * share + level)


def _glare(dx: float, dy: float, radius: float, strength: float) -> Spoil:
    """A soft lamp's reflection, its middle off the code's middle by shares of its side."""

    def spoil(shot: Shot) -> Picture:
        height, width = shot.image.shape
        ys, xs = np.mgrid[:height, :width]
        away = np.hypot(xs - shot.centre[0] - dx * shot.side, ys - shot.centre[1] - dy * shot.side)
        return _picture(np.clip(shot.image + strength * np.exp(-((away / (radius * shot.side)) ** 2)), 0, 255))

    return spoil


def _gradient(shot: Shot) -> Picture:
    """Light from one side: a fifth of it at the other."""
    return _picture(shot.image * np.linspace(0.2, 1.0, shot.image.shape[1]))


def _noise(sigma: float) -> Spoil:
    return lambda shot: _picture(shot.image + shot.rng.normal(0, sigma, shot.image.shape))


def _combined(shot: Shot) -> Picture:
    dim = _contrast(0.5, 110)(shot)
    soft = cv2.GaussianBlur(dim, (0, 0), 1.0) * np.linspace(0.7, 1.0, dim.shape[1])
    return _picture(soft + shot.rng.normal(0, 6, dim.shape))


def _inverted(shot: Shot) -> Picture:
    return _picture(255 - shot.image)


DISTORTIONS = (
    # four sizes, the plain one among them
    Distortion("clean"),
    Distortion("size_2", module=2.0),
    Distortion("size_2.7", module=2.7),
    Distortion("size_5.2", module=5.2),
    Distortion("turned_15", turn=15),
    Distortion("turned_45", turn=45),
    Distortion("turned_170", turn=170),
    Distortion("tilted_30", tilt=(30, 10)),
    Distortion("tilted_45", tilt=(-15, 45)),
    Distortion("blur_1.5", spoil=_blur(1.5)),
    Distortion("blur_2.5", spoil=_blur(2.5)),
    Distortion("motion_9", spoil=_motion(9)),
    Distortion("contrast_25", spoil=_contrast(0.25, 150)),
    Distortion("contrast_12", spoil=_contrast(0.12, 90)),
    Distortion("glare_corner", spoil=_glare(0.45, -0.45, 0.35, 160)),
    Distortion("glare_middle", spoil=_glare(0.05, 0.1, 0.5, 110)),
    Distortion("gradient", spoil=_gradient),
    Distortion("noise_25", spoil=_noise(25)),
    Distortion("combined", turn=20, tilt=(18, 8), spoil=_combined),
    Distortion("inverted", spoil=_inverted),
)
