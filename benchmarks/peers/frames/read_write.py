"""read_write.py ENGINE FOLDER OUT REPEATS: reads the columns of a month from Parquet, writes columns of the same types.

No rule is run: each written figure is a sum of columns, so that all of them are really read. Standard input is JSON
with `read` (whole-number columns), `kept` (written as they are), `figures` (how many columns of 64 bits) and `reasons`
(of 16). Prints a line of JSON with the rows and the seconds of each repeat.
"""

import json
import shutil
import sys
import time
from pathlib import Path


def polars_engine(folder, out, asked):
    import polars as pl

    everything = pl.sum_horizontal(pl.col(name).cast(pl.Int64) for name in asked["read"])
    figures = [(everything + place).alias(f"figure_{place}") for place in range(asked["figures"])]
    reasons = [(everything % 8 + place).cast(pl.Int16).alias(f"reason_{place}") for place in range(asked["reasons"])]
    lazy = pl.scan_parquet(f"{folder}/*.parquet").select(*asked["kept"], *figures, *reasons)
    lazy.sink_parquet(out / "all.parquet", compression="lz4")


def duckdb_engine(folder, out, asked):
    import duckdb

    everything = " + ".join(f"CAST({name} AS BIGINT)" for name in asked["read"])
    kept = ", ".join(asked["kept"])
    figures = "".join(f", a + {place} AS figure_{place}" for place in range(asked["figures"]))
    reasons = "".join(f", CAST(a % 8 + {place} AS SMALLINT) AS reason_{place}" for place in range(asked["reasons"]))
    summed = f"SELECT {kept}, {everything} AS a FROM read_parquet('{folder}/*.parquet')"
    query = f"SELECT {kept}{figures}{reasons} FROM ({summed})"
    duckdb.sql("SET preserve_insertion_order = false")
    duckdb.sql(f"COPY ({query}) TO '{out}/all.parquet' (FORMAT parquet, COMPRESSION lz4_raw)")


ENGINES = {"polars": polars_engine, "duckdb": duckdb_engine}


def main(engine, folder, out, repeats):
    asked = json.load(sys.stdin)
    seconds = []
    for _ in range(int(repeats)):
        Path(out).mkdir()
        start = time.perf_counter()
        ENGINES[engine](folder, Path(out), asked)
        seconds.append(time.perf_counter() - start)
        shutil.rmtree(out)
    return {"seconds": seconds}


print(json.dumps(main(*sys.argv[1:])))
