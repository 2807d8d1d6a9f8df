"""W1 and W4 in Mesa: one agent a worker and a firm, activated through agent sets."""

import sys
import time

import mesa

from peer import report, workload


class Firm(mesa.Agent):
    def __init__(self, model):
        super().__init__(model)
        self.staff = 0

    def post(self):
        self.model.vacancies.extend([self] * (self.model.target - self.staff))


class Worker(mesa.Agent):
    def __init__(self, model):
        super().__init__(model)
        self.employer = None

    def separate(self):
        if self.employer is not None and self.random.random() < self.model.separation:
            self.employer.staff -= 1
            self.employer = None

    def apply(self):
        if self.employer is None:
            vacancy = self.random.randrange(len(self.model.vacancies))
            self.model.applications.setdefault(vacancy, []).append(self)


class Market(mesa.Model):
    def __init__(self, w):
        super().__init__(seed=w.seed)
        self.target, self.separation = w.target, w.separation
        firms = Firm.create_agents(self, w.persons // 20)
        workers = Worker.create_agents(self, w.persons)
        self.firms, self.workers = firms, workers
        members = list(firms)
        for number, worker in enumerate(workers):
            if number >= len(members) * w.target:
                break
            worker.employer = members[number % len(members)]
            worker.employer.staff += 1

    def step(self):
        self.workers.do("separate")
        self.vacancies, self.applications = [], {}
        self.firms.do("post")
        if not self.vacancies:
            return
        self.workers.do("apply")
        for vacancy, applicants in self.applications.items():
            worker = self.random.choice(applicants)
            worker.employer = self.vacancies[vacancy]
            worker.employer.staff += 1


def run(w):
    begin = time.perf_counter()
    model = Market(w)
    ready = time.perf_counter()
    unemployed, vacant = [], []
    for _ in range(w.steps):
        model.step()
        at_work = sum(firm.staff for firm in model.firms)
        unemployed.append((w.persons - at_work) / w.persons)
        vacant.append((w.persons // 20 * w.target - at_work) / w.persons)
    return report(w, ready - begin, time.perf_counter() - ready, unemployed, vacant)


if __name__ == "__main__":
    run(workload("mesa", sys.argv[1:]))
