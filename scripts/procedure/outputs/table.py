"""The outputs: what the build makes beside the pages, in the order in which it is made.

A new one is a row here and a file beside this one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from procedure.derive.published import DATA, DATA_SCHEMA, MANIFEST, PACKAGES, file_at
from procedure.findings import Finding
from procedure.model import Procedure
from procedure.outputs.bpmn import bpmn_files, check_bpmn, write_bpmn
from procedure.outputs.compressed import check_compressed, compressed_files, write_compressed
from procedure.outputs.data import check_data, write_data
from procedure.outputs.feed import check_feed, feed_files, write_feed
from procedure.outputs.manifest import check_manifest, write_manifest
from procedure.outputs.offline import check_offline_copy, offline_files, write_offline_copy
from procedure.outputs.policies import write_policies
from procedure.outputs.redirects import moved_files, write_redirects
from procedure.outputs.sbom import check_sbom, write_sbom
from procedure.outputs.servers import SERVER_FILES, check_servers, write_servers
from procedure.outputs.sheet_files import sheet_files, write_sheets
from procedure.outputs.theme_style import style_files, write_styles


class Output(NamedTuple):
    """Something that the build makes beside the pages.

    `files` are those that it adds to the site, from its root, which it may look at. `write` is called with the site as
    the rows before have left it; a finding that it returns stops the build. `check` reads what was written, and returns
    what is wrong with it as Danish sentences: that is a fault of this program. It is None where `checks/built` reads
    all of it with the pages, or `write` itself refuses what is wrong.
    """

    name: str
    files: Callable[[Procedure, Path], Collection[str]]
    write: Callable[[Procedure, Path], Iterable[Finding] | None]
    check: Callable[[Procedure, Path], Iterable[str]] | None


def _adds(*names: str) -> Callable[[Procedure, Path], Collection[str]]:
    return lambda _procedure, _site_dir: names


OUTPUTS = (
    Output("arkene som PDF", sheet_files, write_sheets, None),
    Output("diagrammerne som BPMN", bpmn_files, write_bpmn, check_bpmn),
    Output("temaets typografi", style_files, write_styles, None),
    Output("gamle adresser", moved_files, write_redirects, None),
    Output("hvad en side må hente", _adds(), write_policies, None),
    Output("proceduren for andre programmer", _adds(file_at(DATA), file_at(DATA_SCHEMA)), write_data, check_data),
    Output("udgaverne", feed_files, write_feed, check_feed),
    Output("det, siden er lavet med", _adds(file_at(PACKAGES)), write_sbom, check_sbom),
    Output("kopien til brug uden net", offline_files, write_offline_copy, check_offline_copy),
    Output("det, serverne læser", _adds(*SERVER_FILES), write_servers, check_servers),
    Output("de pakkede filer", compressed_files, write_compressed, check_compressed),
    Output("listen over alle filer", _adds(MANIFEST), write_manifest, check_manifest),
)


def output_files(procedure: Procedure, site_dir: Path) -> frozenset[str]:
    """Return every file that the outputs add to a built site, from its root."""
    return frozenset(file for output in OUTPUTS for file in output.files(procedure, site_dir))


def write_outputs(procedure: Procedure, site_dir: Path) -> list[Finding]:
    """Write every output into a built site, and return the findings of the first that is not to be published."""
    for output in OUTPUTS:
        findings = sorted(output.write(procedure, site_dir) or ())
        if findings:
            return findings
    return []


def check_outputs(procedure: Procedure, site_dir: Path) -> list[str]:
    """Read every output in a built site, and return what is missing or not as it should be, as Danish sentences."""
    return [f"{output.name}: {fault}" for output in OUTPUTS for fault in _faults(output, procedure, site_dir)]


def _faults(output: Output, procedure: Procedure, site_dir: Path) -> Iterator[str]:
    missing = sorted(file for file in output.files(procedure, site_dir) if not (site_dir / file).is_file())
    if missing:
        yield from (f"{file} mangler." for file in missing)
    elif output.check:
        yield from output.check(procedure, site_dir)
