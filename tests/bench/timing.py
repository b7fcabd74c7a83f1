"""Times whole commands, in turns, by the system's own account of each."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter


@dataclass(frozen=True)
class Cost:
    """What a command took: seconds on the clock, seconds of all processors, and its largest memory in megabytes."""

    wall: float
    processor: float
    memory: float


def run(command: Sequence[str | Path], folder: Path, expected: Sequence[int] = (0,)) -> Cost:
    """Run a command in a folder and return what it took. Raises `RuntimeError` where its exit status is another."""
    with tempfile.TemporaryFile() as said:
        begun = perf_counter()
        process = subprocess.Popen(list(map(str, command)), cwd=folder, stdout=said, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        wall = perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in expected:
            said.seek(0)
            raise RuntimeError(f"{command} ended with {process.returncode}:\n{said.read().decode(errors='replace')}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000)


def in_turns(
    commands: Mapping[str, Sequence[str | Path]], folder: Path, times: int, expected: Sequence[int] = (0,)
) -> dict[str, Cost]:
    """Run the commands one after the other, over and over, once more than is counted; return the medians of each."""
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for turn in range(times + 1):
        for name, command in commands.items():
            cost = run(command, folder, expected)
            if turn:
                costs[name].append(cost)
    return {
        name: Cost(
            median(cost.wall for cost in found),
            median(cost.processor for cost in found),
            median(cost.memory for cost in found),
        )
        for name, found in costs.items()
    }
