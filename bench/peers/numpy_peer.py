"""W1 and W4 in vectorised NumPy: no loop over persons, arrays kept and filled in place."""

import sys
import time

import numpy as np

from peer import report, workload


def run(w):
    rng = np.random.default_rng(w.seed)
    begin = time.perf_counter()
    n, firms = w.persons, w.persons // 20
    jobs = min(n, firms * w.target)
    employer = np.full(n, -1, np.int32)
    employer[:jobs] = np.arange(jobs, dtype=np.int32) % firms
    staff = np.bincount(employer[:jobs], minlength=firms)
    chance = np.empty(n, np.float32)
    ready = time.perf_counter()

    unemployed, vacant = [], []
    for _ in range(w.steps):
        rng.random(dtype=np.float32, out=chance)
        leavers = np.flatnonzero((chance < w.separation) & (employer >= 0))
        staff -= np.bincount(employer[leavers], minlength=firms)
        employer[leavers] = -1
        vacancies = np.repeat(np.arange(firms, dtype=np.int32), w.target - staff)
        seekers = np.flatnonzero(employer < 0)
        if len(vacancies) and len(seekers):
            # Of the applicants of a vacancy, in random order, the last one written stays.
            seekers = rng.permutation(seekers)
            hired = np.full(len(vacancies), -1, np.int64)
            hired[rng.integers(0, len(vacancies), len(seekers))] = seekers
            filled = hired >= 0
            employer[hired[filled]] = vacancies[filled]
            staff += np.bincount(vacancies[filled], minlength=firms)
        at_work = int(staff.sum())
        unemployed.append((n - at_work) / n)
        vacant.append((firms * w.target - at_work) / n)
    return report(w, ready - begin, time.perf_counter() - ready, unemployed, vacant)


if __name__ == "__main__":
    run(workload("numpy", sys.argv[1:]))
