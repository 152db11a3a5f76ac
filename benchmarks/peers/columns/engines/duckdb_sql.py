"""DuckDB's SQL over an Arrow table of the columns."""

import duckdb
import pyarrow as pa
import workload as w

connection = duckdb.connect()


def prepare(workload, data):
    return pa.table({name: pa.array(column) for name, column in data.items()})


def by(column, values):
    return f"CASE {column} " + " ".join(f"WHEN {key} THEN {value}" for key, value in values.items()) + " END"


AGES = {i: f"CASE WHEN age >= {w.SPLIT_AGE[i]} THEN {w.OLDER[i]} ELSE {w.YOUNGER[i]} END" for i in range(5)}
W1 = f"""
SELECT CAST(CASE WHEN retired AND scheme = {w.EMPLOYEE} THEN {by("area", AGES | w.AMOUNT_BY_RATE)} ELSE 0 END
            AS BIGINT) AS credit FROM t"""
W2 = f"""
WITH a AS (SELECT *, total - (2 * total * self_bp + 10000) // 20000
               - CASE WHEN admission <= 1 THEN {w.FIRST_DEDUCTIBLE} ELSE {w.LATER_DEDUCTIBLE} END AS net,
               CAST(CASE WHEN retired THEN {by("level", dict(enumerate(w.RETIRED_PERCENT, 1)))}
                    ELSE {by("level", dict(enumerate(w.ACTIVE_PERCENT, 1)))} END AS BIGINT) AS percent,
               greatest({w.BASIC_CAP} - fund_so_far, 0) AS room FROM t),
     b AS (SELECT *, greatest(net, 0) AS base FROM a),
     c AS (SELECT *, (2 * base * percent + 100) // 200 AS wanted FROM b),
     d AS (SELECT *, least(wanted, room) AS basic, greatest(CASE WHEN wanted > room
               THEN base - (200 * room + percent) // (2 * percent) ELSE 0 END, 0) AS above FROM c),
     e AS (SELECT *, (2 * above * {w.LARGE_PERCENT} + 100) // 200 AS large FROM d)
SELECT CAST(basic AS BIGINT) AS basic, CAST(large AS BIGINT) AS large,
       CAST(total - basic - large AS BIGINT) AS self_pay FROM e"""
SQL = {"w1": W1, "w2": W2}


def run(workload, t):
    return tuple(connection.sql(SQL[workload]).to_arrow_table().columns)
