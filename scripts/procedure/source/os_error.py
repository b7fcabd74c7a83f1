"""Why the system would not read or write something, in Danish."""

from __future__ import annotations

import errno
import sys

_REASONS = {
    errno.EACCES: "du har ikke lov",
    errno.EPERM: "du har ikke lov",
    errno.EROFS: "disken kan kun læses",
    errno.ENOSPC: "der er ikke mere plads på disken",
    errno.EDQUOT: "der er ikke mere plads på disken",
    errno.ENOENT: "den findes ikke",
    errno.ENOTDIR: "den ligger ikke i en mappe",
    errno.EISDIR: "den er en mappe",
    errno.EBUSY: "den er i brug",
}


def reason(error: OSError) -> str:
    """Return the reason in a few words; the system's own where it is a rare one."""
    if sys.platform == "win32" and isinstance(error, PermissionError):
        # It says the same of both.
        return "et andet program har den åben, eller du har ikke lov"
    return _REASONS.get(error.errno or 0, error.strerror or str(error))
