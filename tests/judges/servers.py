"""Debian's nginx and Apache, started on a free port of this machine with the file that the site brings along."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from tests.judges.engines import PATIENCE, running

SERVERS = ("nginx", "apache")

# What an administrator writes; for the rest as Debian has it, and with all that could be in the way.
_NGINX = """
daemon off;
pid {folder}/pid;
error_log {folder}/errors;
worker_processes 2;
{brotli_module}
events {{ worker_connections 64; }}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    gzip on;
    client_body_temp_path {folder}/t; proxy_temp_path {folder}/t; fastcgi_temp_path {folder}/t;
    uwsgi_temp_path {folder}/t; scgi_temp_path {folder}/t;
    server {{
        listen 127.0.0.1:{port};
        root {folder}/www;
        {brotli_on}
        include {site}/nginx.conf;
    }}
}}
"""
_BROTLI = "load_module /usr/lib/nginx/modules/ngx_http_brotli_static_module.so;"
_APACHE = """
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {folder}/pid
ErrorLog {folder}/errors
DefaultRuntimeDir {folder}
{modules}
DocumentRoot {folder}/www
<Directory />
    AllowOverride None
    Require all denied
</Directory>
<Directory {folder}>
    Options Indexes
    AllowOverride All
    Require all granted
</Directory>
<IfModule mod_mime.c>
    TypesConfig /etc/mime.types
    AddType application/x-gzip .gz
    AddLanguage br .br
</IfModule>
<IfModule mod_deflate.c>
    AddOutputFilterByType DEFLATE text/html text/css text/javascript application/json
</IfModule>
{alias}
"""
_NEEDED = ("mpm_event", "authz_core", "dir")
_USUAL = ("alias", "autoindex", "deflate", "filter", "headers", "mime", "negotiation", "rewrite", "setenvif")
_MODULES = "/usr/lib/apache2/modules/mod_{name}.so"


class Answer(NamedTuple):
    """What a server said, as it was sent: nothing of it is unpacked or followed."""

    status: int
    headers: HTTPMessage
    body: bytes


def ask(address: str, **headers: str) -> Answer:
    """Ask for an address with these headers; an underscore in a name is a hyphen."""
    where = urlsplit(address)
    connection = HTTPConnection(where.netloc, timeout=PATIENCE)
    try:
        connection.request("GET", where.path, headers={name.replace("_", "-"): said for name, said in headers.items()})
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read())
    finally:
        connection.close()


@contextmanager
def serving(kind: str, site: Path, path: str, *, is_bare: bool = False) -> Iterator[str]:
    """Serve a copy of the site under a path, and give its address: at / or, in Apache, in a folder elsewhere too.

    A bare server has no module but those that it cannot be without.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        where = folder / ("elsewhere" if kind == "apache" and path != "/" else f"www{path}".rstrip("/"))
        (folder / "www").mkdir()
        shutil.copytree(site, where, dirs_exist_ok=True)
        port = _free_port()
        settings = {"folder": folder, "port": port, "site": where}
        if kind == "nginx":
            brotli = {"brotli_module": "", "brotli_on": ""}
            if not is_bare:
                brotli = {"brotli_module": _BROTLI, "brotli_on": "brotli_static on;"}
            text = _NGINX.format(**settings, **brotli)
            command = ["/usr/sbin/nginx", "-p", name, "-e", f"{name}/errors", "-c", f"{name}/conf"]
        else:
            modules = _NEEDED if is_bare else (*_NEEDED, *_USUAL)
            loaded = "\n".join(f"LoadModule {module}_module {_MODULES.format(name=module)}" for module in modules)
            alias = f"Alias {path.rstrip('/')} {where}" if path != "/" else ""
            text = _APACHE.format(**settings, modules=loaded, alias=alias)
            command = ["/usr/sbin/apache2", "-DFOREGROUND", "-d", name, "-f", f"{name}/conf"]
        (folder / "conf").write_text(text)
        with running(command, stderr=None, **_unprivileged(folder)) as process:
            _await(port, process, folder / "errors")
            yield f"http://127.0.0.1:{port}{path}"


def _unprivileged(folder: Path) -> dict[str, Any]:
    """Return how a server is run as a user that may do nothing, which no server here is started without."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return {}
    for place in (folder, *folder.rglob("*")):
        shutil.chown(place, "nobody", "nogroup")
    return {"user": "nobody", "group": "nogroup", "extra_groups": []}


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def _await(port: int, process: subprocess.Popen[bytes], errors: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert process.poll() is None, (
            errors.read_text() if errors.exists() else "the server says above why it does not start"
        )
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(f"nothing answers on port {port}")
