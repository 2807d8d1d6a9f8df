#!/usr/bin/env python3
"""Checks the data of scenarios/: labels, sums, derived figures, and that tables agree.

Needs nothing but Python 3. Prints what is wrong, one sentence a line, and returns 1; else 0.

    tests/scenarios/check_data.py [scenarios folder]
"""

import csv
import datetime
import math
import re
import sys
from collections import defaultdict
from pathlib import Path

QUALITIES = {"official", "secondary", "modelled", "recalled", "derived", "assumption"}
TAIL = ["value", "unit", "source", "quality", "note"]
RECORD = ["variable", "region", "sector", "group", "unit", "period", "value", "source", "quality",
          "definition", "at", "basis"]
DRIVERS = ["series", "unit", "period", "value", "source", "quality", "note"]
# Tables whose values are shares, and the column within which they sum to one.
SHARES = {"sector_region": "sector", "occupation_sector": "sector",
          "education_occupation": "occupation", "foreign_sector": None, "foreign_origin": None,
          "foreign_occupation": None}
# Column of a table -> list of country.yaml.
DIMENSION = {"sector": "sectors", "occupation": "occupations", "region": "regions",
             "origin": "origins", "destination": "destinations", "education": "education",
             "field": "fields"}
# Figures as their publishers print them, typed apart from the tables.
PRINTED = {
    "residents at the end of 2009": (2716275, "total", "age_sex"),
    "labour force of 2009": (1137858, "status=labour_force", "labour_status"),
    "Mongolians abroad in 2010": (107140, "total", "abroad"),
    "women employed at 45 to 49 in 2009": (72367, "age_lo=45,sex=female", "employed_age_sex"),
    "miners of 2009": (22828, "sector=mining", "employed_sector"),
    "builders of 2009": (43996, "sector=construction", "employed_sector"),
    "long-term unemployed of 2009": (42394, "band=ge12m", "unemployed_duration"),
    "wage in mining in 2009": (405400, "sector=mining", "wage_sector"),
}

problems = []


def fault(place, text):
    problems.append(f"{place}: {text}")


def near(a, b, tolerance):
    return abs(a - b) <= tolerance


def read(path, header=None):
    """Rows as dictionaries, with `line` and the value as number; labels checked."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        columns = reader.fieldnames or []
        if header and columns != header:
            fault(path, f"columns are {columns}, expected {header}")
        rows = []
        for row in reader:
            row["line"] = reader.line_num
            place = f"{path}:{reader.line_num}"
            if None in row or None in row.values():
                fault(place, "the row has another number of cells than the header")
                continue
            for column in ("unit", "source", "quality"):
                if not row[column].strip():
                    fault(place, f"{column} is empty")
            if row["quality"] not in QUALITIES:
                fault(place, f"quality '{row['quality']}' is none of {sorted(QUALITIES)}")
            if row["source"].startswith("derived") and row["quality"] == "official":
                fault(place, "a derived figure is called official")
            try:
                row["number"] = float(row["value"])
            except ValueError:
                row["number"] = math.nan
            if not math.isfinite(row["number"]):
                fault(place, f"value '{row['value']}' is no number")
            rows.append(row)
        return rows


def keys_of(yaml_text):
    """Member keys by dimension list, from the flow-style lines of a scenario file."""
    lists, name = defaultdict(list), None
    for line in yaml_text.splitlines():
        if head := re.match(r"  ([a-z_]+):\s*$", line):
            name = head.group(1)
        elif member := re.match(r"    - \{key: ([a-z0-9_]+)", line):
            lists[name].append(member.group(1))
    return lists


def timeline_of(yaml_text, lever):
    entry = re.search(rf"- lever: {re.escape(lever)}\b[^\n]*\n(.*?)(?=\n  - |\n[a-z#]|\Z)", yaml_text,
                      re.S)
    if not entry:
        return {}
    points = re.search(r"timeline: \{(.*?)\}", entry.group(1), re.S).group(1)
    return {d: float(v) for d, v in re.findall(r"(\d{4}-\d\d-\d\d): ([\d.]+)", points)}


def check_initial(folder, keys, all_assumed):
    tables = {}
    for path in sorted(folder.glob("*.csv")):
        rows = read(path)
        name = path.stem
        tables[name] = rows
        if not rows:
            fault(path, "the table is empty")
            continue
        columns = [c for c in rows[0] if c not in ("line", "number")]
        if columns[-5:] != TAIL:
            fault(path, f"last columns are {columns[-5:]}, expected {TAIL}")
        seen = set()
        for row in rows:
            place = f"{path}:{row['line']}"
            cell = tuple(row[c] for c in columns[:-5])
            if cell in seen:
                fault(place, f"{cell} stands twice")
            seen.add(cell)
            if row["number"] < 0:
                fault(place, "the value is negative")
            if all_assumed and row["quality"] != "assumption":
                fault(place, "a figure of an invented country must be an assumption")
            if not all_assumed and row["quality"] == "assumption" and not row["note"].strip():
                fault(place, "an assumption without its reason in `note`")
            for column, dimension in DIMENSION.items():
                if column in row and row[column] not in keys[dimension]:
                    fault(place, f"{column} '{row[column]}' is not among the {dimension}")
        if name in SHARES:
            sums = defaultdict(float)
            for row in rows:
                sums[row[SHARES[name]] if SHARES[name] else "all"] += row["number"]
            for key, total in sums.items():
                if not near(total, 1.0, 1e-9):
                    fault(path, f"shares of {key} sum to {total}")
    return tables


def total(rows):
    return sum(row["number"] for row in rows)


def value(rows, **cells):
    found = [r["number"] for r in rows if all(r[k] == str(v) for k, v in cells.items())]
    return found[0] if len(found) == 1 else math.nan


def check_sums(folder, tables):
    """Margins that must agree among themselves."""
    def same(a, b, what, tolerance=0.5):
        if not near(a, b, tolerance):
            fault(folder, f"{what}: {a} against {b}")

    status = tables["labour_status"]
    same(total(tables["age_sex"]), total(tables["region"]), "residents by age and by region")
    same(value(status, status="employed") + value(status, status="unemployed_nso"),
         value(status, status="labour_force"), "employed and unemployed against the labour force")
    same(total(tables["unemployed_duration"]), value(status, status="unemployed_ilo"),
         "unemployed by duration against the strict count", 2)
    same(total(tables["employed_age_sex"]), value(status, status="employed"),
         "employed by age and sex against the total")
    herders, employed = tables["self_employed"], tables["employed_sector"]
    for row in herders:
        if row["number"] > value(employed, sector=row["sector"]):
            fault(folder, f"more self-employed than employed in {row['sector']}")
    # Nobody can be at work twice: employed of an age and sex against residents.
    for row in tables["employed_age_sex"]:
        low, high = int(row["age_lo"]), int(row["age_hi"] or 200)
        residents = sum(r["number"] for r in tables["age_sex"]
                        if r["sex"] == row["sex"] and int(r["age_lo"]) >= low
                        and int(r["age_hi"] or 200) <= high)
        if row["number"] / 0.94 > residents:
            fault(folder, f"{row['sex']} {low}-{high}: {row['number']} employed of {residents}")


class Record:
    def __init__(self, path, keys):
        self.rows = read(path, RECORD)
        self.cells = {}
        for row in self.rows:
            place = f"{path}:{row['line']}"
            key = tuple(row[c] for c in ("variable", "region", "sector", "group", "period"))
            if key in self.cells:
                fault(place, f"{key} stands twice: one figure, one definition")
            self.cells[key] = row["number"]
            if not row["definition"].strip():
                fault(place, "definition is empty")
            if row["at"] not in ("mean", "end"):
                fault(place, f"at is '{row['at']}', expected mean or end")
            if row["region"] not in keys["regions"] + ["all"]:
                fault(place, f"region '{row['region']}' is not known")
            if row["sector"] not in keys["sectors"] + ["all"]:
                fault(place, f"sector '{row['sector']}' is not known")
            if not re.fullmatch(r"\d{4}(-\d\d|-Q[1-4])?", row["period"]):
                fault(place, f"period '{row['period']}' is none")
            if row["unit"] == "1" and not 0 <= row["number"] <= 1:
                fault(place, f"a share of {row['number']}")

    def __call__(self, variable, period, region="all", sector="all", group="all"):
        return self.cells.get((variable, region, sector, group, str(period)), math.nan)


def check_against_record(folder, tables, record):
    """Start figures are the record's own."""
    def same(a, b, what, tolerance=0.51):
        if not near(a, b, tolerance):
            fault(folder, f"{what} is {a}, the record has {b}")

    same(total(tables["age_sex"]), record("population", 2009), "population")
    for row in tables["region"]:
        if row["quality"] == "official":
            same(row["number"], record("population", 2009, region=row["region"]), row["region"])
    by_band = defaultdict(float)
    for row in tables["age_sex"]:
        low = int(row["age_lo"])
        by_band[f"{low}_{low + 4}" if low < 45 else "45_plus"] += row["number"]
    for band, heads in by_band.items():
        same(heads, record("population", 2009, group=band), f"population {band}")
    status = tables["labour_status"]
    for key, variable in (("labour_force", "labour_force"), ("employed", "employed"),
                          ("unemployed_nso", "unemployed_national"), ("unemployed_ilo", "unemployed")):
        same(value(status, status=key), record(variable, 2009), key)
    for row in tables["employed_sector"]:
        if row["quality"] == "official":
            same(row["number"], record("employed", 2009, sector=row["sector"]), row["sector"])
    same(total(tables["employed_sector"]), record("employed_ilo", 2009), "the sum of sectors")
    for row in tables["wage_sector"]:
        if row["quality"] == "official":
            same(row["number"], record("wage_mean", 2009, sector=row["sector"]), row["sector"])
    for row in tables["unemployment_region"]:
        if row["quality"] == "official":
            same(row["number"] / 100,
                 record("unemployment_rate_national", 2009, region=row["region"]), row["region"], 1e-9)
    for row in tables["abroad"]:
        same(row["number"], record("nationals_abroad", "2010-11", group=row["destination"]),
             row["destination"])
    scaled = record("foreign_workers_cabinet", "2012-11") * sum(
        record("employed", 2009, sector=s) for s in ("mining", "construction")) / sum(
        record("employed", 2012, sector=s) for s in ("mining", "construction"))
    same(total(tables["foreign_total"]), scaled, "foreign workers scaled from 2012", 1)
    for occupation in ("managers", "professionals", "craft_trades", "elementary"):
        share = record("employed", 2009, sector="construction", group=occupation) / record(
            "employed", 2009, sector="construction")
        same(value(tables["occupation_sector"], sector="construction", occupation=occupation), share,
             f"share of {occupation} in construction", 2e-4)
    # Derived columns of the record itself.
    for year in range(2009, 2025):
        lf, rate = record("labour_force", year), record("unemployment_rate_national", year)
        same(record("employed", year), lf * (1 - rate), f"employed {year}", 1)
    for year in range(2009, 2019):
        same(record("discouraged", year), record("unemployed_national", year)
             - record("unemployed", year), f"discouraged {year}", 1)
        if record("unemployment_rate", year) >= record("unemployment_rate_national", year):
            fault(folder, f"the strict rate of {year} is not below the national one")


def check_drivers(path):
    rows = read(path, DRIVERS)
    series, seen = defaultdict(dict), set()
    for row in rows:
        key = (row["series"], row["period"])
        if key in seen:
            fault(f"{path}:{row['line']}", f"{key} stands twice")
        seen.add(key)
        series[row["series"]][row["period"]] = row["number"]
    months = series["copper_price"]
    expected = [f"{y}-{m:02d}" for y in range(2000, 2026) for m in range(1, 13)][:309]
    if sorted(months) != expected:
        fault(path, "copper_price does not hold every month from 2000-01 to 2025-09")
    index = {2009: 1.0}
    for year in range(2010, 2025):
        index[year] = index[year - 1] * (1 + series["cpi_inflation"][str(year)] / 100)
    for year in range(2008, 1999, -1):
        index[year] = index[year + 1] / (1 + series["cpi_inflation"][str(year + 1)] / 100)
    for year, level in index.items():
        if not near(series["price_index"][str(year)], level, 2e-6 * level):
            fault(path, f"price_index of {year} is not cumulated inflation")
        real = series["gdp_nominal"][str(year)] / series["gdp_nominal"]["2009"] / level
        if not near(series["real_income"][str(year)], real, 2e-6 * real):
            fault(path, f"real_income of {year} is not nominal GDP over prices")
    return series


def check_policy(folder, record, tables):
    history = (folder / "history.yaml").read_text(encoding="utf-8")
    if timeline_of(history, "permits.fee") != {"2009-01-01": 2}:
        fault(folder / "history.yaml", "permits.fee is not two minimum wages throughout")
    halved = timeline_of((folder / "fee.yaml").read_text(encoding="utf-8"), "permits.fee")
    if halved != {"2026-01-01": 1}:
        fault(folder / "fee.yaml", "the fee is not one minimum wage from 2026")
    quota = timeline_of((folder / "quota_construction.yaml").read_text(encoding="utf-8"),
                        "permits.sector_cap.construction")
    cap = timeline_of(history, "permits.sector_cap.construction").get("2023-01-01", math.nan)
    if quota != {"2026-07-01": cap / 2, "2029-07-01": cap}:
        fault(folder / "quota_construction.yaml", f"the quota is {quota}, half of {cap} expected")
    training = (folder / "training.yaml").read_text(encoding="utf-8")
    for row in tables["training_places"]:
        lever = f"training.places.{row['field']}"
        points = timeline_of(history, lever)
        if points.get("2009-01-01") != row["number"]:
            fault(folder / "history.yaml", f"{lever} does not start at the table's figure")
        doubled = timeline_of(training, lever)
        if doubled and list(doubled.values()) != [2 * points[max(points)]]:
            fault(folder / "training.yaml", f"{lever} is not twice the last figure of history.yaml")
    country = (folder / "country.yaml").read_text(encoding="utf-8")
    block = re.search(r"  coverage:.*?points: \{(.*?)\}", country, re.S).group(1)
    for year, stated in re.findall(r"(\d{4})-01-01: ([\d.]+)", block):
        if int(year) > 2018:
            continue
        young = sum(record("population", year, group=g) for g in ("0_4", "5_9", "10_14"))
        coverage = record("labour_force", year) / record("participation_rate", year) / (
            record("population", year) - young)
        if not near(coverage, float(stated), 0.0051):
            fault(folder / "country.yaml", f"coverage of {year} is {stated}, recorded {coverage:.4f}")
    start = datetime.date(2009, 1, 1)
    for date in re.findall(r"(\d{4}-\d\d-\d\d):", history):
        if not start <= datetime.date.fromisoformat(date) <= datetime.date(2024, 12, 31):
            fault(folder / "history.yaml", f"{date} is outside the run")


def project(tables, years):
    """Mean residents by year from the start table, fertility and mortality; nobody moves."""
    def rate(rows, age, sex=None):
        for row in rows:
            if (sex is None or row["sex"] == sex) and int(row["age_lo"]) <= age <= int(
                    row["age_hi"] or 200):
                return row["number"]
        return 0.0

    people = {sex: [0.0] * 111 for sex in ("female", "male")}
    for row in tables["age_sex"]:
        low, high = int(row["age_lo"]), int(row["age_hi"] or 99)
        weight = [0.82 ** (a - low) if not row["age_hi"] else 1.0 for a in range(low, high + 1)]
        for age, w in zip(range(low, high + 1), weight):
            people[row["sex"]][age] += row["number"] * w / sum(weight)
    means = {}
    for year in years:
        before = sum(map(sum, people.values()))
        births = sum(rate(tables["fertility"], a) * (people["female"][a] + people["female"][a - 1]) / 2
                     for a in range(15, 50))
        for sex, share in (("female", 0.488), ("male", 0.512)):
            dying = [rate(tables["mortality"], a, sex) for a in range(111)]
            old = people[sex]
            people[sex] = [births * share * math.exp(-dying[0])] + [
                old[a] * math.exp(-(dying[a] + dying[a + 1]) / 2) for a in range(110)]
        means[year] = (before + sum(map(sum, people.values()))) / 2
    return means


def check_projection(folder, tables, record, show):
    for year, mean in project(tables, range(2009, 2025)).items():
        gap = mean / record("population", year) - 1
        if show:
            print(f"  {year}: {mean:9.0f} projected, {record('population', year):9.0f} recorded, "
                  f"{100 * gap:+.2f} %")
        if abs(gap) > 0.02:
            fault(folder, f"births and deaths miss the population of {year} by {100 * gap:.1f} %")


def main(arguments):
    show = "-v" in arguments
    paths = [a for a in arguments if not a.startswith("-")]
    root = Path(paths[0]) if paths else Path(__file__).resolve().parents[2] / "scenarios"
    mongolia = root / "mongolia"
    keys = keys_of((mongolia / "country.yaml").read_text(encoding="utf-8"))
    for dimension, size in (("sectors", 21), ("occupations", 9), ("regions", 22)):
        if len(keys[dimension]) != size:
            fault(mongolia / "country.yaml", f"{len(keys[dimension])} {dimension}, expected {size}")
    record = Record(mongolia / "data" / "record.csv", keys)
    initial = mongolia / "data" / "initial"
    tables = check_initial(initial, keys, all_assumed=False)
    check_sums(initial, tables)
    check_against_record(initial, tables, record)
    for what, (printed, where, table) in PRINTED.items():
        rows = tables[table]
        found = total(rows) if where == "total" else value(
            rows, **dict(pair.split("=") for pair in where.split(",")))
        if found != printed:
            fault(initial / f"{table}.csv", f"{what}: {found}, printed {printed}")
    check_drivers(mongolia / "data" / "drivers.csv")
    check_policy(mongolia, record, tables)
    check_projection(initial, tables, record, show)

    demo = root / "examples"
    demo_keys = keys_of((demo / "demo.yaml").read_text(encoding="utf-8"))
    check_sums(demo / "demo", check_initial(demo / "demo", demo_keys, all_assumed=True))

    for problem in problems:
        print(problem)
    print(f"{len(record.rows)} recorded figures, {sum(map(len, tables.values()))} start figures, "
          f"{len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
