"""What the peers in Python share: the workload's numbers and the line they print."""

import json
from dataclasses import dataclass


@dataclass
class Workload:
    peer: str
    name: str
    persons: int
    steps: int
    seed: int
    target: int
    separation: float


def workload(peer, arguments):
    """From `WORKLOAD PERSONS STEPS SEED`."""
    name, persons, steps, seed = arguments[0], *map(int, arguments[1:4])
    target, separation = {"w1": (19, 0.015), "w4": (20, 0.0005)}[name]
    return Workload(peer, name, persons, steps, seed, target, separation)


def resident_bytes():
    """Most memory that was resident at once; getrusage counts what stood there before, too."""
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM:"))


def report(w, setup_s, run_s, unemployed, vacant):
    """Prints one JSON line; the means are over the second half of the steps."""
    half = len(unemployed) // 2
    mean = lambda values: sum(values[half:]) / len(values[half:])  # noqa: E731
    print(json.dumps({
        "peer": w.peer, "workload": w.name, "persons": w.persons, "steps": w.steps,
        "setup_s": setup_s, "run_s": run_s,
        "unemployed": mean(unemployed), "vacant": mean(vacant),
        "resident_bytes": resident_bytes(),
    }))
