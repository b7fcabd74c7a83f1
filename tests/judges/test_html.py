"""The Nu Html Checker reads every built page, the 404 page and the redirects too."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import NamedTuple

from tests.browser.stage import every_path, served

VNU = Path(__file__).parent / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"

# Addresses of one's own machine are refused unless this is said.
_THIS_MACHINE_TOO = "-Dnu.validator.servlet.allow-forbidden-hosts=true"


class Accepted(NamedTuple):
    """A class of message that the site can do nothing about."""

    message: str
    element: str
    reason: str


ACCEPTED = (
    Accepted(
        "Attribute “autocomplete” is only allowed when the input type is",
        r'<input class="md-toggle" data-md-toggle="(drawer|search)" type="checkbox"',
        "The theme opens its menu and its search with a box, and keeps a browser from remembering that it was open.",
    ),
    Accepted(
        "Inline script violates Content Security Policy",
        r'<script id="__config" type="application/json">',
        "The checker takes the theme's settings for a script. They are data, which no browser runs or forbids.",
    ),
)


def test_checker_has_nothing_to_say_but_of_the_theme(site: Path) -> None:
    # By their addresses: what a page says that a browser may load is said of a server, and no file is the site's own.
    with served(site) as address:
        pages = [f"{address}{path}" for path in every_path(site)]
        run = subprocess.run(
            ["java", _THIS_MACHINE_TOO, "-jar", str(VNU), "--format", "json", "--stdout", *pages],
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
    assert run.stdout, run.stderr

    messages = [message for message in json.loads(run.stdout)["messages"] if _is_fault(message)]
    met = [(accepted(message), message) for message in messages]

    assert [_sentence(message, address) for kind, message in met if kind is None] == []
    assert {kind for kind, _ in met} == set(ACCEPTED), "what the theme no longer does is taken off the list"


def accepted(message: dict[str, str]) -> Accepted | None:
    """Return the class of the message, if it is one that we accept."""
    for kind in ACCEPTED:
        if message["message"].startswith(kind.message) and re.search(kind.element, message.get("extract", "")):
            return kind
    return None


def _is_fault(message: dict[str, str]) -> bool:
    """Say whether it is more than a remark: that `<br />` has a slash harms nobody."""
    return message["type"] != "info" or message.get("subType") == "warning"


def _sentence(message: dict[str, str], address: str) -> str:
    page = message.get("url", "").removeprefix(address)
    return f"{page}:{message.get('lastLine')} {message['message']} … {message.get('extract', '').strip()}"
