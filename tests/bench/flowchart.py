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
# A phone of some years on a mobile line out of town: a quarter of this machine's speed, 150 ms there and back.
_SLOWER, _DELAY, _KILOBITS = 4, 150, 1600
CONDITIONS = (
    f"`{_PAGE}`, nothing kept from before, {_KILOBITS} kbit/s, {_DELAY} ms there and back, a processor {_SLOWER} times "
    f"slower; medians of {_TIMES}. Readable: every node is drawn, and has a size."
)
# Notes, at each frame, when as many nodes as there are have been drawn.
_WATCH = """(() => {
  const look = () => {
    const nodes = document.querySelectorAll(".flow-frame svg text, .flow-frame svg foreignObject");
    if (nodes.length && document.readyState !== "loading" && [...nodes].every((node) => node.getBoundingClientRect().width))
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
    context = browser.new_context(viewport={"width": 360, "height": 640})
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
    page.goto(address + _PAGE, wait_until="networkidle", timeout=120_000)
    while (after := page.evaluate("window.readableAfter")) is None:
        page.wait_for_timeout(100)
    context.close()
    return Wait(sum(sizes) / 1000, after / 1000)
