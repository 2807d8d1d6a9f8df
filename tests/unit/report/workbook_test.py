#!/usr/bin/env python3
"""The workbook of a run opens, and holds what summary.csv and the languages say.

  workbook_test.py STEPPE     runs the invented country in English and Mongolia in Mongolian
"""

import csv
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from xml.etree import ElementTree

SCENARIOS = Path(__file__).resolve().parents[3] / "scenarios"
DEMO = SCENARIOS / "examples/demo.yaml"
COUNTRY = SCENARIOS / "mongolia/baseline.yaml"
NAMES = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
faults = []


def cells(book):
    """Sheet name to rows of texts and numbers."""
    with zipfile.ZipFile(book) as archive:
        shared = ["".join(t.text or "" for t in item.iter(f"{{{NAMES['x']}}}t"))
                  for item in ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))]
        sheets = ElementTree.fromstring(archive.read("xl/workbook.xml")).find("x:sheets", NAMES)
        out = {}
        for number, sheet in enumerate(sheets, 1):
            tree = ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml"))
            rows = []
            for row in tree.iter(f"{{{NAMES['x']}}}row"):
                values = []
                for cell in row:
                    value = cell.find("x:v", NAMES)
                    if value is None:
                        continue
                    values.append(shared[int(value.text)] if cell.get("t") == "s"
                                  else float(value.text))
                rows.append(values)
            out[sheet.get("name")] = rows
        return out


def run(program, folder, language, scenario=DEMO, scale="1"):
    subprocess.run([program, "run", scenario, "-o", folder, "-q", "-n", "3", "--lang", language,
                    "--scale", scale],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    (found,) = Path(folder).glob("*/summary.xlsx")
    return found


def compare(program, folder):
    """The workbook of a comparison has the means of window.csv, and its page is made again alike."""
    subprocess.run([program, "compare", DEMO, DEMO.with_name("demo_fee.yaml"), "-o", folder, "-q",
                    "-n", "3"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    (found,) = Path(folder).glob("compare-*")
    sheets = cells(found / "summary.xlsx")
    if list(sheets) != ["Overview", "Changes", "Differences", "People", "Sources", "Warnings"]:
        faults.append(f"sheets of a comparison are {list(sheets)}")
    with open(found / "window.csv", newline="", encoding="utf-8") as file:
        window = [row for row in csv.DictReader(file) if row["difference"] != ""]
    numbers = {value for row in sheets["Differences"] for value in row if isinstance(value, float)}
    missing = [row for row in window if float(row["difference"]) not in numbers]
    if len(window) < 100 or missing:
        faults.append(f"{len(missing)} of {len(window)} differences are not in the workbook")
    if not any("permits.fee" in str(value) for row in sheets["Changes"] for value in row):
        faults.append("the changed fee is not in the workbook")
    # With base and alternative in the other's place every balance of people turns its sign: they are
    # counted by what they were while both worlds were one.
    def balances(first, second):
        into = f"{folder}/{first}"
        subprocess.run([program, "compare", DEMO.with_name(first), DEMO.with_name(second), "-o",
                        into, "-q", "-n", "3"], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
        (people,) = Path(into).glob("*/people.csv")
        with open(people, newline="", encoding="utf-8") as file:
            return {tuple(row[d] for d in ("region", "sector", "occupation", "sex", "age")):
                    float(row["mean"]) for row in csv.DictReader(file) if row["change"] == "net_jobs"}
    there = balances("demo.yaml", "demo_fee.yaml")
    back = balances("demo_fee.yaml", "demo.yaml")
    if len(there) < 15 or any(there[key] != -back[key] for key in there):
        faults.append("people's balances do not turn their sign when the worlds change places")
    subprocess.run([program, "report", found, "-o", f"{folder}/again.html"], check=True,
                   stdout=subprocess.DEVNULL)
    if Path(f"{folder}/again.html").read_bytes() != (found / "report.html").read_bytes():
        faults.append("the page of a comparison made again has other bytes")


def main():
    program = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        english = run(program, f"{folder}/en", "en")
        sheets = cells(english)
        if list(sheets) != ["Overview", "Years", "Months", "Policy", "Limits", "Drivers",
                            "Sources", "Warnings"]:
            faults.append(f"sheets are {list(sheets)}")
        means = {(row[1], row[3]): row[4] for row in sheets["Months"][1:]}
        told = 0
        with open(english.parent / "summary.csv", newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                national = all(row[d] == "all" for d in
                               ("region", "sector", "occupation", "skill", "origin",
                                "destination", "education", "sex", "age"))
                key = (row["variable"], row["date"][:7])
                if not national or key not in means or row["mean"] == "":
                    continue
                told += abs(means[key] - float(row["mean"])) <= 1e-6 * abs(means[key]) + 1e-9
        if told < 1000:
            faults.append(f"only {told} monthly means agree with summary.csv")
        compare(program, f"{folder}/compare")
        # In Mongolian nothing is left in English but names of the data, and titles of sources.
        sheets = cells(run(program, f"{folder}/mn", "mn", COUNTRY, "100"))
        for name in sheets:
            if re.search("[A-Za-z]", name):
                faults.append(f"the sheet '{name}' has an English name")
        for name, rows in sheets.items():
            for row in rows:
                # Titles of sources keep their language: on two sheets, left of the kind of source.
                said = row[:-2] if name in ("Бодлого", "Эх сурвалж") else row
                for value in said:
                    if isinstance(value, str) and re.search("[A-Za-z]{2,} [A-Za-z]{2,}", value):
                        faults.append(f"English on the Mongolian sheet '{name}': {value}")
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
