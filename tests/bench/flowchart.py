"""What a reader waits for a flowchart: ours, drawn when the site is built, and Mermaid's, drawn in the browser."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser

from tests.browser.stage import chromium
from tests.conftest import ROOT
from tests.judges.servers import serving

_PAGE, _TIMES = "faser/vurder/", 5
# An old laptop on a mobile line out of town: a quarter of this machine's speed, 150 ms there and back. (On a phone's
# screen ours is read as text first.)
_SLOWER, _DELAY, _KILOBITS = 4, 150, 1600
_PATIENCE = 120_000
CONDITIONS = (
    f"`{_PAGE}`, nothing kept from before, {_KILOBITS} kbit/s, {_DELAY} ms there and back, a processor {_SLOWER} times "
    f"slower; medians of {_TIMES}. Readable: all its words are drawn, and have a size."
)
# Notes when all words of the flowchart are there to be read: when what follows it has come, and each has a place.
_WATCH = """(() => {
  const look = () => {
    const words = [...document.querySelectorAll(".flow-frame svg :is(text, foreignObject)")].filter((at) => at.textContent);
    const whole = document.querySelector(".flow-frame")?.closest("figure")?.nextElementSibling;
    if (whole && words.length && words.every((at) => at.getBoundingClientRect().width))
      requestAnimationFrame(() => { window.readableAfter = performance.now() });
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})()"""


@dataclass(frozen=True)
class Wait:
    """What a page cost its reader: kilobytes on the line, all that it loads, and seconds to a readable flowchart."""

    kilobytes: float
    seconds: float


def measured(folder: Path) -> tuple[Wait, Wait]:
    """Return what the page costs with our drawing, and with Mermaid's."""
    waits = []
    for diagrams in ("", "browser"):
        site = folder / f"drawn-{diagrams}"
        command = [sys.executable, str(ROOT / "scripts/build.py"), "--site-dir", str(site)]
        subprocess.run(command, env={**os.environ, "DIAGRAMS": diagrams}, capture_output=True, check=True)
        with serving("nginx", site, "/") as address, chromium() as browser:
            seen = [_waited(browser, address) for _ in range(_TIMES + 1)][1:]
        waits.append(Wait(median(wait.kilobytes for wait in seen), median(wait.seconds for wait in seen)))
    ours, theirs = waits
    return ours, theirs


def _waited(browser: Browser, address: str) -> Wait:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.add_init_script(_WATCH)
    devices = context.new_cdp_session(page)
    sizes: list[float] = []
    devices.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    devices.send("Network.enable")
    speed = _KILOBITS * 1000 / 8
    line = {"offline": False, "latency": _DELAY, "downloadThroughput": speed, "uploadThroughput": speed}
    devices.send("Network.emulateNetworkConditions", line)
    devices.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
    page.goto(address + _PAGE, wait_until="networkidle", timeout=_PATIENCE)
    # The page's policy lets nothing wait in it for a text that is to be run.
    for _ in range(_PATIENCE // 100):
        if after := page.evaluate("window.readableAfter"):
            break
        page.wait_for_timeout(100)
    else:
        raise RuntimeError(f"No flowchart on {page.url} can be read after {_PATIENCE / 1000:.0f} s.")
    context.close()
    return Wait(sum(sizes) / 1000, after / 1000)
