"""Why the system would not read or write something, in Danish."""

from __future__ import annotations

import errno

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
    return _REASONS.get(error.errno or 0, error.strerror or str(error))
