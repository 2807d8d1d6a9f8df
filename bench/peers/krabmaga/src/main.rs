//! W1 and W4 in krABMaga: a worker and a firm are agents that the schedule wakes every step,
//! workers first; who is where stands in the state, where the market is cleared after the step.

use std::any::Any;
use std::time::Instant;

use krabmaga::engine::{agent::Agent, schedule::Schedule, state::State};
use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};

const NONE: u32 = u32::MAX;

struct Market {
    persons: usize,
    target: u32,
    separation: f32,
    random: SmallRng,
    employer: Vec<u32>,
    staff: Vec<u32>,
    seekers: Vec<u32>,
    vacancies: Vec<u32>,
    chosen: Vec<u32>,
    applicants: Vec<u32>,
    at_work: usize,
    unemployed: Vec<f64>,
    vacant: Vec<f64>,
}

#[derive(Clone)]
struct Worker {
    id: u32,
}

#[derive(Clone)]
struct Firm {
    id: u32,
}

fn market(state: &mut dyn State) -> &mut Market {
    state.as_any_mut().downcast_mut::<Market>().expect("the state is the market")
}

impl Agent for Worker {
    fn step(&mut self, state: &mut dyn State) {
        let market = market(state);
        let employer = market.employer[self.id as usize];
        if employer != NONE {
            if market.random.random::<f32>() >= market.separation {
                return;
            }
            market.staff[employer as usize] -= 1;
            market.employer[self.id as usize] = NONE;
            market.at_work -= 1;
        }
        market.seekers.push(self.id);
    }
}

impl Agent for Firm {
    fn step(&mut self, state: &mut dyn State) {
        let market = market(state);
        for _ in market.staff[self.id as usize]..market.target {
            market.vacancies.push(self.id);
        }
    }
}

impl State for Market {
    fn init(&mut self, schedule: &mut Schedule) {
        for id in 0..self.persons as u32 {
            schedule.schedule_repeating(Box::new(Worker { id }), 0.0, 0);
        }
        for id in 0..self.staff.len() as u32 {
            schedule.schedule_repeating(Box::new(Firm { id }), 0.0, 1);
        }
    }

    fn before_step(&mut self, _schedule: &mut Schedule) {
        self.seekers.clear();
        self.vacancies.clear();
    }

    fn after_step(&mut self, _schedule: &mut Schedule) {
        let open = self.vacancies.len();
        self.chosen.clear();
        self.chosen.resize(open, NONE);
        self.applicants.clear();
        self.applicants.resize(open, 0);
        if open > 0 {
            for &seeker in &self.seekers {
                // One applicant in as many as have come stays: a uniform choice among all.
                let vacancy = self.random.random_range(0..open as u32) as usize;
                self.applicants[vacancy] += 1;
                let come = self.applicants[vacancy];
                if come == 1 || self.random.random_range(0..come) == 0 {
                    self.chosen[vacancy] = seeker;
                }
            }
        }
        for (&seeker, &firm) in self.chosen.iter().zip(&self.vacancies) {
            if seeker != NONE {
                self.employer[seeker as usize] = firm;
                self.staff[firm as usize] += 1;
                self.at_work += 1;
            }
        }
        let persons = self.persons as f64;
        let posts = self.staff.len() * self.target as usize;
        self.unemployed.push((self.persons - self.at_work) as f64 / persons);
        self.vacant.push((posts - self.at_work) as f64 / persons);
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn as_state_mut(&mut self) -> &mut dyn State {
        self
    }
    fn as_state(&self) -> &dyn State {
        self
    }
    fn reset(&mut self) {}
    fn update(&mut self, _step: u64) {}
}

/// Most memory that was resident at once [bytes].
fn resident_bytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kibibytes.unwrap_or(0) * 1024
}

/// Mean over the second half.
fn mean(values: &[f64]) -> f64 {
    let half = &values[values.len() / 2..];
    half.iter().sum::<f64>() / half.len() as f64
}

fn main() {
    let words: Vec<String> = std::env::args().collect();
    let numbers: Vec<u64> = words.iter().skip(2).filter_map(|word| word.parse().ok()).collect();
    let (target, separation) = match words.get(1).map(String::as_str) {
        Some("w1") if numbers.len() == 3 => (19, 0.015),
        Some("w4") if numbers.len() == 3 => (20, 0.0005),
        _ => {
            eprintln!("usage: steppe_peer_krabmaga w1|w4 PERSONS STEPS SEED");
            std::process::exit(2);
        }
    };
    let (persons, steps, seed) = (numbers[0] as usize, numbers[1], numbers[2]);
    let firms = persons / 20;
    let jobs = firms * target as usize;

    let begin = Instant::now();
    let mut market = Market {
        persons,
        target,
        separation,
        random: SmallRng::seed_from_u64(seed),
        employer: (0..persons).map(|i| if i < jobs { (i % firms) as u32 } else { NONE }).collect(),
        staff: vec![target; firms],
        seekers: Vec::new(),
        vacancies: Vec::new(),
        chosen: Vec::new(),
        applicants: Vec::new(),
        at_work: jobs,
        unemployed: Vec::new(),
        vacant: Vec::new(),
    };
    let mut schedule = Schedule::new();
    market.init(&mut schedule);
    let setup = begin.elapsed().as_secs_f64();
    let begin = Instant::now();
    for _ in 0..steps {
        schedule.step(&mut market);
    }
    println!(
        "{{\"peer\": \"krabmaga\", \"workload\": \"{}\", \"persons\": {persons}, \"steps\": {steps}, \
         \"setup_s\": {setup:.6}, \"run_s\": {:.6}, \"unemployed\": {:.9}, \"vacant\": {:.9}, \
         \"resident_bytes\": {}}}",
        words[1],
        begin.elapsed().as_secs_f64(),
        mean(&market.unemployed),
        mean(&market.vacant),
        resident_bytes()
    );
}
