"""Three browsers with one small set of things to do in them: Chromium, Firefox and WebKit.

Each is the one that Debian has, and is spoken to in the way it offers: Playwright, WebDriver BiDi, WebDriver.
"""

from __future__ import annotations

import base64
import json
import os
import queue
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import IO, Any
from urllib.parse import urljoin

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page
from selenium.common.exceptions import WebDriverException
from selenium.webdriver import WebKitGTK, WebKitGTKOptions
from selenium.webdriver.common.by import By
from selenium.webdriver.webkitgtk.service import Service
from websockets.sync.client import ClientConnection, connect

from tests.browser.stage import chromium

PATIENCE = 30.0
"""How many seconds anything may take before it counts as not happening."""

FRAME = "frame.html"
"""A page of the served folder that is nothing but a frame, for windows narrower than WebKit's can be."""

_NARROWEST = 447

# Where a pointer hits the element; Firefox is told only places. What is covered there cannot be clicked on.
_POINT = """selector => {
  const element = document.querySelector(selector);
  element.scrollIntoView({ block: "nearest" });
  const { left, top, width, height } = element.getClientRects()[0];
  const [x, y] = [Math.round(left + width / 2), Math.round(top + height / 2)];
  if (!element.contains(document.elementFromPoint(x, y))) throw new Error("covered: " + selector);
  return { x, y };
}"""

# As on a phone: bars that lie over the page and take no room from it.
_FIREFOX_PREFERENCES = """
user_pref("ui.useOverlayScrollbars", 1);
user_pref("widget.gtk.overlay-scrollbars.enabled", true);
"""

_FILL_FRAME = """
const [address, width, height, done] = arguments;
const frame = document.querySelector("iframe");
frame.addEventListener("load", () => done(), { once: true });
Object.assign(frame, { width, height, src: address });
"""


class Engine(ABC):
    """A browser with one window. Addresses are whole ones; a script's value comes as JSON would have it."""

    name: str

    @abstractmethod
    def open(self, address: str, width: int = 1280, height: int = 800) -> None:
        """Load the address anew in a page with this much room."""

    @abstractmethod
    def click(self, selector: str) -> None:
        """Click on the first element of this kind as a pointer does; what cannot be hit fails."""

    @abstractmethod
    def run(self, script: str) -> str:
        """Return what the expression says, a text."""

    @abstractmethod
    def back(self) -> None:
        """Go back as the browser's own button does."""

    @abstractmethod
    def picture(self, path: Path) -> None:
        """Write what the window shows as PNG, for a person to look at."""

    def evaluate(self, expression: str) -> Any:
        """Return the value of an expression in the page."""
        return json.loads(self.run(f"JSON.stringify({{ value: {expression} }})")).get("value")

    def reload(self) -> None:
        """Load the page anew."""
        self.evaluate("(window.before = true, location.reload())")
        self.wait("!window.before && document.readyState === 'complete'")

    def wait(self, expression: str) -> Any:
        """Wait until the expression is true, also across a change of page, and return its value."""
        end = time.monotonic() + PATIENCE
        fault: Exception | None = None
        while time.monotonic() < end:
            try:
                value, fault = self.evaluate(expression), None
                if value:
                    return value
            except (PlaywrightError, WebDriverException, BiDiError) as error:
                fault = error  # The page that was asked is gone; the next one answers.
            time.sleep(0.05)
        raise TimeoutError(f"{self.name}: never true: {expression}") from fault

    def arrive(self, path: str) -> None:
        """Wait until a page whose address ends so has loaded."""
        self.wait(f"document.readyState === 'complete' && location.href.endsWith({json.dumps(path)})")


class Chromium(Engine):
    """By Playwright, as the other browser tests do."""

    name = "chromium"

    def __init__(self, page: Page) -> None:
        self._page = page
        page.set_default_timeout(PATIENCE * 1000)

    def open(self, address: str, width: int = 1280, height: int = 800) -> None:
        self._page.set_viewport_size({"width": width, "height": height})
        self._page.goto("about:blank")
        self._page.goto(address)

    def run_first(self, function: str) -> None:
        """Call the function on every page from now on, before the page's own scripts."""
        self._page.add_init_script(f"({function})()")

    def click(self, selector: str) -> None:
        self._page.locator(selector).first.click()

    def run(self, script: str) -> str:
        return str(self._page.evaluate(script))

    def back(self) -> None:
        self._page.go_back()

    def picture(self, path: Path) -> None:
        self._page.screenshot(path=path)


class BiDiError(Exception):
    """What Firefox answered instead of doing it."""


class Firefox(Engine):
    """By WebDriver BiDi, which it speaks without any driver."""

    name = "firefox"

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._sent = 0
        self._command("session.new", capabilities={})
        self._context = self._command("browsingContext.create", type="tab")["context"]

    def _command(self, method: str, **params: Any) -> dict[str, Any]:
        """Send a command, and return its result.

        Raises:
            BiDiError: it could not be done.
        """
        self._sent += 1
        self._socket.send(json.dumps({"id": self._sent, "method": method, "params": params}))
        while True:
            answer = json.loads(self._socket.recv(timeout=PATIENCE))
            if answer.get("id") != self._sent:
                continue
            if answer["type"] == "error":
                raise BiDiError(f"{method}: {answer['error']}: {answer['message']}")
            return dict(answer["result"])

    def _page(self, method: str, **params: Any) -> dict[str, Any]:
        return self._command(f"browsingContext.{method}", context=self._context, **params)

    def open(self, address: str, width: int = 1280, height: int = 800) -> None:
        self._page("setViewport", viewport={"width": width, "height": height})
        self._page("navigate", url="about:blank", wait="complete")
        self._page("navigate", url=address, wait="complete")

    def run_first(self, function: str) -> None:
        """Call the function on every page from now on, before the page's own scripts."""
        self._command("script.addPreloadScript", functionDeclaration=function)

    def click(self, selector: str) -> None:
        point = self.evaluate(f"({_POINT})({json.dumps(selector)})")
        pointer = [
            {"type": "pointerMove", **point},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        actions = [{"type": "pointer", "id": "mouse", "actions": pointer}]
        self._command("input.performActions", context=self._context, actions=actions)

    def run(self, script: str) -> str:
        target = {"context": self._context}
        answer = self._command("script.evaluate", expression=script, target=target, awaitPromise=True)
        if answer["type"] == "exception":
            raise BiDiError(answer["exceptionDetails"]["text"])
        return str(answer["result"]["value"])

    def back(self) -> None:
        self._page("traverseHistory", delta=-1)

    def picture(self, path: Path) -> None:
        path.write_bytes(base64.b64decode(self._page("captureScreenshot")["data"]))


class WebKit(Engine):
    """By WebDriver. Its window is never narrower than 447 px: a phone is a frame in it."""

    name = "webkit"

    def __init__(self, driver: WebKitGTK) -> None:
        self._driver = driver
        driver.set_page_load_timeout(PATIENCE)

    def open(self, address: str, width: int = 1280, height: int = 800) -> None:
        driver = self._driver
        driver.switch_to.default_content()
        driver.get("about:blank")
        if width < _NARROWEST:
            self._room(_NARROWEST, height)
            driver.get(urljoin(address, f"/{FRAME}"))
            driver.execute_async_script(_FILL_FRAME, address, width, height)
            driver.switch_to.frame(0)
        else:
            self._room(width, height)
            driver.get(address)

    def _room(self, width: int, height: int) -> None:
        """Give the page this much room. The bars of the window come on top, and it takes its time."""
        driver = self._driver
        driver.set_window_size(width, height)
        end = time.monotonic() + PATIENCE
        while (inner := driver.execute_script("return [innerWidth, innerHeight]")) != [width, height]:
            assert time.monotonic() < end, f"the window stays {inner}, not {[width, height]}"
            driver.set_window_size(width, height + max(0, driver.get_window_size()["height"] - inner[1]))
            time.sleep(0.1)

    def click(self, selector: str) -> None:
        self._driver.find_element(By.CSS_SELECTOR, selector).click()

    def run(self, script: str) -> str:
        return str(self._driver.execute_script(f"return {script}"))

    def back(self) -> None:
        self.evaluate("history.back()")  # The driver's own waits for ever for what a frame has already shown.

    def picture(self, path: Path) -> None:
        self._driver.save_screenshot(str(path))


@contextmanager
def start_chromium() -> Iterator[Chromium]:
    """Start Chromium, and end it."""
    with chromium() as browser:
        yield Chromium(browser.new_page(locale="da-DK"))


@contextmanager
def start_firefox() -> Iterator[Firefox]:
    """Start Firefox with a new profile, and end it."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        (Path(profile) / "user.js").write_text(_FIREFOX_PREFERENCES)
        command = ["firefox-esr", "--headless", "--no-remote", "--remote-debugging-port", "0", "--profile", profile]
        with running(command, stderr=subprocess.PIPE, env={**os.environ, "MOZ_CRASHREPORTER_DISABLE": "1"}) as process:
            assert process.stderr
            said = _first(process.stderr, rb"WebDriver BiDi listening on (ws://\S+)")
            with connect(f"{said}/session", max_size=None, open_timeout=PATIENCE) as socket:
                yield Firefox(socket)


@contextmanager
def start_webkit() -> Iterator[WebKit]:
    """Start WebKit's own small browser on a screen of its own, and end both."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x1200x24", "-nolisten", "tcp"]
    with running(command, stderr=subprocess.DEVNULL, pass_fds=[writing]), os.fdopen(reading, "rb") as screen:
        os.close(writing)
        env = {**os.environ, "DISPLAY": f":{_first(screen, rb'([0-9]+)')}"}
        service = Service(shutil.which("WebKitWebDriver") or "WebKitWebDriver", env=env)
        driver = WebKitGTK(options=WebKitGTKOptions(), service=service)
        try:
            yield WebKit(driver)
        finally:
            driver.quit()


@contextmanager
def running(command: list[str], **options: Any) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program, and end it with all that it started."""
    process = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL, **options)
    try:
        yield process
    finally:
        # It may have ended itself, because it could not start.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _first(stream: IO[bytes], pattern: bytes) -> str:
    """Return what the pattern's group matches in the first line that has it; the rest is read away."""
    found: queue.Queue[str] = queue.Queue()

    def read() -> None:
        for line in stream:
            if match := re.search(pattern, line):
                found.put(match[1].decode())

    threading.Thread(target=read, daemon=True).start()
    return found.get(timeout=2 * PATIENCE)


ENGINES: dict[str, Callable[[], AbstractContextManager[Engine]]] = {
    "chromium": start_chromium,
    "firefox": start_firefox,
    "webkit": start_webkit,
}
