"""Debian's chromium over its debugging pipe: real pages, real keys, no driver to install.

Messages are JSON, ended by a NUL, on the browser's descriptors 3 (to it) and 4 (from it).
"""

import base64
import fcntl
import itertools
import json
import os
import queue
import shutil
import subprocess
import threading
from pathlib import Path
from types import TracebackType
from typing import Any

ANSWER_SECONDS = 60
WAIT_MS = 20_000
_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
)
_CODES = {"Enter": 13, "Escape": 27, "Tab": 9, "ArrowDown": 40} | {f"F{n}": 111 + n for n in range(1, 13)}
_UNTIL = """(async () => {{
  const end = Date.now() + {ms};
  for (;;) {{
    let found = false;
    try {{ found = {condition}; }} catch (error) {{ if (!(error instanceof TypeError)) throw error; }}
    if (found || Date.now() > end) return Boolean(found);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }}
}})()"""


class Browser:
    """A browser of its own, with a profile that is thrown away."""

    def __init__(self, profile: Path) -> None:
        to_browser, self._out = os.pipe()
        self._in, from_browser = os.pipe()
        # bash gives the two pipes the numbers that the browser expects; numbers from 10 cannot stand in its way.
        given = [fcntl.fcntl(end, fcntl.F_DUPFD, 10) for end in (to_browser, from_browser)]
        command = ["chromium", *_FLAGS, f"--user-data-dir={profile}", "about:blank"]
        script = f'exec "$@" 3<&{given[0]} 4>&{given[1]}'
        self._process = subprocess.Popen(
            ["bash", "-c", script, "bash", *command],
            pass_fds=given,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"HOME": str(profile)},
        )
        for end in (to_browser, from_browser, *given):
            os.close(end)
        self._ids = itertools.count(1)
        self._answers: dict[int, queue.SimpleQueue[dict[str, Any]]] = {}
        self.complaints: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> "Browser":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.call("Browser.close")
        self._process.wait(ANSWER_SECONDS)
        self._reader.join(ANSWER_SECONDS)
        os.close(self._in)
        os.close(self._out)

    def page(self, url: str, width: int = 1440, height: int = 900) -> "Page":
        """Open a page with cookies and storage of its own."""
        context = self.call("Target.createBrowserContext")["browserContextId"]
        target = self.call("Target.createTarget", url="about:blank", browserContextId=context)["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = Page(self, session)
        for domain in ("Page", "Runtime", "Log"):
            page.call(f"{domain}.enable")
        page.size(width, height)
        page.go(url)
        return page

    def call(self, method: str, session: str | None = None, **params: Any) -> dict[str, Any]:
        """One command and its answer."""
        number = next(self._ids)
        answered = self._answers[number] = queue.SimpleQueue()
        message = {"id": number, "method": method, "params": params}
        if session is not None:
            message["sessionId"] = session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        answer = answered.get(timeout=ANSWER_SECONDS)
        assert "error" not in answer, (method, answer)
        return dict(answer["result"])

    def _read(self) -> None:
        rest = b""
        while chunk := os.read(self._in, 1 << 16):
            *messages, rest = (rest + chunk).split(b"\0")
            for message in map(json.loads, messages):
                if "id" in message:
                    self._answers.pop(message["id"]).put(message)
                elif message["method"] == "Runtime.exceptionThrown":
                    self.complaints.append(json.dumps(message["params"]["exceptionDetails"]))
                elif message["method"] == "Log.entryAdded" and message["params"]["entry"]["source"] == "security":
                    self.complaints.append(json.dumps(message["params"]["entry"]))


class Page:
    """One page: look, press, wait."""

    def __init__(self, browser: Browser, session: str) -> None:
        self._browser = browser
        self._session = session

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """A command for this page."""
        return self._browser.call(method, self._session, **params)

    def size(self, width: int, height: int) -> None:
        """The size of the window."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def go(self, url: str) -> None:
        """Open another address."""
        self.call("Page.navigate", url=url)
        self.until("document.readyState === 'complete' && location.href !== 'about:blank'")

    def ask(self, script: str) -> Any:
        """The value of an expression in the page."""
        answer = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def until(self, condition: str) -> None:
        """Wait for an expression to hold."""
        assert self.ask(_UNTIL.format(ms=WAIT_MS, condition=condition)), f"{condition}\n{self.text()}"

    def text(self, selector: str = "body") -> str:
        """What can be read."""
        return str(self.ask(f"document.querySelector({json.dumps(selector)})?.innerText ?? ''"))

    def shows(self, selector: str, text: str) -> None:
        """Wait until a part of the page says something."""
        self.until(f"document.querySelector({json.dumps(selector)}).innerText.includes({json.dumps(text)})")

    def press(self, key: str) -> None:
        """A key of the keyboard, down and up."""
        text = {"text": "\r"} if key == "Enter" else {}
        event = {"key": key, "code": key, "windowsVirtualKeyCode": _CODES[key]}
        self.call("Input.dispatchKeyEvent", type="keyDown", **event, **text)
        self.call("Input.dispatchKeyEvent", type="keyUp", **event)

    def type(self, text: str) -> None:
        """Text into what has the focus."""
        self.call("Input.insertText", text=text)

    def click(self, selector: str) -> None:
        """The middle of an element, with the mouse, once it can be pressed."""
        found = f"document.querySelector({json.dumps(selector)})"
        free = f"!{found}.disabled && {found}.ariaBusy !== 'true'"
        self.until(f"{found} && {free} && {found}.getClientRects().length > 0")
        self.ask(f"{found}.scrollIntoView({{block: 'nearest'}})")
        # Twice at one place: an element that still moves would be missed.
        here = f"JSON.stringify({found}.getBoundingClientRect())"
        self.until(f"[window.lastPlace, window.lastPlace = {here}].every((place) => place === {here})")
        box = self.ask(
            f"(({{x, y, width, height}}) => [x + width / 2, y + height / 2])({found}.getBoundingClientRect())"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=box[0], y=box[1], button="left", clickCount=1)

    def picture(self, path: Path) -> None:
        """Take a picture of what is seen."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot")["data"]))


def available() -> bool:
    """Whether there is a browser on this machine."""
    return shutil.which("chromium") is not None
