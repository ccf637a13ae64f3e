import threading
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from drivers.readings import Frame
from kiosk.desk.watching import CodeWatcher
from kiosk.flow.events import CardRead, Event, ScanHint, ScanHinted
from kiosk.identify.qr import QrHint, QrResult

CARD = "099165000013||Đỗ Thị Ước|05091965|Nữ|Hà Nội|02072024||||".encode()
PICTURE: NDArray[np.uint8] = np.zeros((4, 4, 3), np.uint8)


class Eyes:
    """Stands in for the reader: gives what it was told to, and says when a frame was searched."""

    def __init__(self) -> None:
        self.result = QrResult((), QrHint.LOOK)
        self.searched = threading.Semaphore(0)

    def read(self, image: NDArray[np.uint8], *, thorough: bool = False) -> QrResult:
        self.searched.release()
        return self.result


class Watched:
    def __init__(self) -> None:
        self.now = 100.0
        self.eyes = Eyes()
        self.events: list[Event] = []
        self.shown: list[Frame] = []
        self.watcher = CodeWatcher(
            self.events.append,
            self.shown.append,
            lambda: self.eyes,  # type: ignore[arg-type,return-value]
            monotonic=lambda: self.now,
        )

    def see(self, result: QrResult, times: int = 1) -> None:
        self.eyes.result = result
        for _ in range(times):
            self.watcher.take(Frame(PICTURE, self.now, 1))
            assert self.eyes.searched.acquire(timeout=5)


def watch(play: Callable[[Watched], None]) -> Watched:
    watched = Watched()
    watched.watcher.start()
    try:
        watched.watcher.look(on=True)
        play(watched)
    finally:
        watched.watcher.stop()
    return watched


def test_a_code_that_stays_in_view_is_told_once() -> None:
    watched = watch(lambda w: w.see(QrResult((CARD,), QrHint.READ), times=5))
    assert [type(event) for event in watched.events] == [CardRead]


def test_the_same_code_after_it_was_gone_is_a_new_act() -> None:
    def play(w: Watched) -> None:
        w.see(QrResult((CARD,), QrHint.READ))
        w.now += 2.0
        w.see(QrResult((CARD,), QrHint.READ))

    assert [type(event) for event in watch(play).events] == [CardRead, CardRead]


def test_a_hint_is_told_when_three_frames_agree() -> None:
    def play(w: Watched) -> None:
        w.see(QrResult((), QrHint.CLOSER), times=2)
        w.see(QrResult((), QrHint.HOLD_STILL), times=4)

    assert watch(play).events == [ScanHinted(ScanHint.HOLD_STILL)]


def test_a_code_that_is_no_document_is_hinted_as_unreadable() -> None:
    assert watch(lambda w: w.see(QrResult((b"https://x",), QrHint.READ))).events == [ScanHinted(ScanHint.UNREADABLE)]


def test_frames_are_shown_only_while_somebody_looks() -> None:
    def play(w: Watched) -> None:
        w.see(QrResult((), QrHint.LOOK))
        w.watcher.look(on=False)
        w.see(QrResult((), QrHint.LOOK))

    assert len(watch(play).shown) == 1


def test_no_card_stays_in_the_watcher() -> None:
    watched = watch(lambda w: w.see(QrResult((CARD,), QrHint.READ)))
    assert b"099165000013" not in repr(vars(watched.watcher)).encode()
