"""What tells a web server how to serve the site: for nginx, Apache and IIS, in the site's root, so that it goes with each copy.

They say as headers what the pages say of themselves, and that no other site may frame one; what is kept how long; and
which compressed file is sent in place of which. Only what the server has by itself is asked for, or is asked whether it
is there first. HSTS is for whoever has the host.
Sources: ngx_http_core_module and its neighbours, nginx.org/en/docs; Apache 2.4 directives, httpd.apache.org/docs/2.4;
IIS configuration reference, learn.microsoft.com/iis/configuration.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from string import Template
from urllib.parse import urlsplit
from xml.sax.saxutils import quoteattr

from procedure.derive.policy import as_text, read_rules
from procedure.derive.published import MARK
from procedure.model import Procedure
from procedure.outputs.compressed import KINDS
from procedure.outputs.policies import policies
from procedure.source.tree import files_under

NGINX, APACHE, IIS = "nginx.conf", ".htaccess", "web.config"
# A server reads them, and sends them to nobody.
SERVER_FILES = (NGINX, APACHE, IIS)

_TYPES = {
    ".bpmn": "application/xml; charset=utf-8",
    ".br": "application/octet-stream",
    ".css": "text/css; charset=utf-8",
    ".gif": "image/gif",
    ".gz": "application/gzip",
    ".html": "text/html; charset=utf-8",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml; charset=utf-8",
    ".zip": "application/zip",
}
_HEADERS = {
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_NO_FRAME = {"frame-ancestors": ("'none'",)}
# The theme names these by what they hold: under the same name there is never anything else.
_HASHED = r"\.[0-9a-f]{8}\.min\.(?:css|js)"
_A_YEAR = 365 * 24 * 60 * 60
_FOR_A_YEAR = "public, immutable"


class _ServerFile(Template):
    """`@{name}`: the languages of all three servers use `$` and `%` themselves."""

    delimiter = "@"


def write_servers(procedure: Procedure, site_dir: Path) -> None:
    """Write what each server reads into a site whose pages are done."""
    for name, text in _texts(procedure, site_dir).items():
        (site_dir / name).write_text(text, encoding="utf-8", newline="\n")


def check_servers(procedure: Procedure, site_dir: Path) -> Iterator[str]:
    """Yield where what servers read does not fit the site as it is."""
    for name, text in _texts(procedure, site_dir).items():
        if (site_dir / name).read_bytes() != text.encode():
            yield f"{name} passer ikke til siderne."
    endings = {PurePosixPath(name).suffix for name in files_under(site_dir) - {MARK, *SERVER_FILES}}
    yield from (f"»{ending}« har ingen MIME-type." for ending in sorted(endings - _TYPES.keys()))


def header_policy(site_dir: Path) -> dict[str, tuple[str, ...]]:
    """Return what the pages of a built site let a browser load, all together, and who may frame them: nobody."""
    merged: dict[str, dict[str, None]] = {}
    for name in sorted(files_under(site_dir)):
        if name.endswith(".html"):
            for policy in policies((site_dir / name).read_bytes()):
                for kind, allowed in read_rules(policy).items():
                    merged.setdefault(kind, {}).update(dict.fromkeys(allowed))
    return {kind: tuple(allowed) for kind, allowed in merged.items()} | _NO_FRAME


def _texts(procedure: Procedure, site_dir: Path) -> dict[str, str]:
    """Return what each server is to read, by its name."""
    path = urlsplit(procedure.site.address).path or "/"
    common = {"path": path, "policy": as_text(header_policy(site_dir))}
    return {
        NGINX: _filled("servers.nginx.conf", common | _for_nginx(path)),
        APACHE: _filled("servers.htaccess", common | _for_apache()),
        IIS: _filled("servers.web.config", common | _for_iis(path, sorted(files_under(site_dir)))),
    }


def _filled(template: str, values: Mapping[str, str]) -> str:
    return _ServerFile(Path(__file__).with_name(template).read_text("utf-8")).substitute(values)


def _for_nginx(path: str) -> dict[str, str]:
    folder = path.rstrip("/")
    return {
        "folder": f"/srv/www{path}",
        "redirect": f"\nlocation = {folder} {{\n    absolute_redirect off;\n    return 301 {path};\n}}\n"
        if folder
        else "",
        "types": _lines(_TYPES, lambda ending, kind: f'        "{kind}" {ending.removeprefix(".")};'),
        "headers": _lines(_HEADERS, lambda name, value: f'    add_header {name} "{value}" always;'),
        "hashed": f"{_HASHED}$",
        "for_a_year": f"max-age={_A_YEAR}, {_FOR_A_YEAR}",
    }


def _for_apache() -> dict[str, str]:
    def forced(ending: str, kind: str) -> str:
        packed = r"(?:\.br|\.gz)?" if ending in KINDS else ""
        return f'<FilesMatch "\\{ending}{packed}$">\n    ForceType "{kind}"\n</FilesMatch>'

    return {
        "types": _lines({ending: kind for ending, kind in _TYPES.items() if ending not in (".br", ".gz")}, forced),
        "headers": _lines(_HEADERS, lambda name, value: f'    Header always set {name} "{value}"'),
        "kinds": "|".join(kind.removeprefix(".") for kind in KINDS),
        "hashed": rf"{_HASHED}(?:\.br|\.gz)?$",
        "for_a_year": f"max-age={_A_YEAR}, {_FOR_A_YEAR}",
    }


def _for_iis(path: str, names: Iterable[str]) -> dict[str, str]:
    # Whatever the server may have is taken out before it is put in: twice is a fault that stops the whole site.
    hashed = [name for name in names if re.search(f"{_HASHED}$", name)]
    documents = [name for name in names if name.endswith(".pdf")]
    cache = f'<clientCache cacheControlMode="UseMaxAge" cacheControlMaxAge="365.00:00:00" cacheControlCustom="{_FOR_A_YEAR}" />'
    return {
        # A file is found from the folder of the whole host's site.
        "iis_folder": path.strip("/").replace("/", "\\") + ("\\" if path.strip("/") else ""),
        "hidden": "\n".join(
            f'          <remove segment="{name}" />\n          <add segment="{name}" />'
            for name in (*SERVER_FILES, MARK)
        ),
        "headers": _lines(
            _HEADERS,
            lambda name, value: f'        <remove name="{name}" />\n        <add name="{name}" value="{value}" />',
        ),
        "types": _lines(
            _TYPES,
            lambda ending, kind: (
                f'      <remove fileExtension="{ending}" />\n      <mimeMap fileExtension="{ending}" mimeType="{kind}" />'
            ),
        ),
        "locations": "\n".join(
            (
                *(_location(name, f"<staticContent>{cache}</staticContent>") for name in hashed),
                *(
                    _location(
                        name,
                        '<httpProtocol><customHeaders><remove name="Content-Security-Policy" /></customHeaders></httpProtocol>',
                    )
                    for name in documents
                ),
            )
        ),
    }


def _location(name: str, content: str) -> str:
    return f"  <location path={quoteattr(name)}>\n    <system.webServer>\n      {content}\n    </system.webServer>\n  </location>"


def _lines(values: Mapping[str, str], line: Callable[[str, str], str]) -> str:
    return "\n".join(line(name, value) for name, value in values.items())
