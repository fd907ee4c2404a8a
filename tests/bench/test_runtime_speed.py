"""How fast a bundle answers: one warm row, a cold start, a million rows. Run with -m bench -s."""

import csv
import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from automl.bundle.writer import write_bundle
from automl.runtime.predictor import Predictor
from automl.runtime.words import Words
from tests.automl.bundle.making import make_files, raw_table

pytestmark = pytest.mark.bench


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    write_bundle(make_files(), tmp_path / "b", lambda path: None)
    return tmp_path / "b"


def test_one_warm_row(bundle: Path) -> None:
    predictor = Predictor.open(bundle)
    raw = raw_table(500)
    took = []
    for row in range(500):
        cells = {name: str(values[row]) for name, values in raw.texts.items()}
        began = time.perf_counter()
        predictor.predict_rows([cells])
        took.append(1000 * (time.perf_counter() - began))
    print(f"\none warm row: median {np.median(took):.3f} ms, 95 % {np.quantile(took, 0.95):.3f} ms (aim: 2 ms)")


def test_cold_start(bundle: Path, tmp_path: Path) -> None:
    table = tmp_path / "one.csv"
    raw = raw_table(1)
    table.write_text(",".join(raw.texts) + "\n" + ",".join(f'"{values[0]}"' for values in raw.texts.values()))
    took = []
    for _ in range(5):
        began = time.perf_counter()
        subprocess.run([sys.executable, str(bundle / "predict.py"), str(table), str(tmp_path / "o.csv")], check=True)
        took.append(time.perf_counter() - began)
    print(f"\ncold start to one answer: {min(took):.2f} to {max(took):.2f} s (aim: 1.0 s)")


def test_a_million_rows(bundle: Path, tmp_path: Path) -> None:
    table, raw = tmp_path / "big.csv", raw_table(1_000)
    lines = list(zip(*raw.texts.values(), strict=True))
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(raw.texts)
        for _ in range(1_000):
            writer.writerows(lines)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    outcome = Predictor.open(bundle).predict_file(table, tmp_path / "out.csv", Words({}))
    seconds = time.perf_counter() - began
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"\n{outcome.rows:,} rows: {seconds:.1f} s, {outcome.rows / seconds:,.0f} rows/s, {grown:.0f} MB more memory")
