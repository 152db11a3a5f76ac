"""NumPy by hand over whole columns: integers, tables for what depends on few values."""

import numpy as np
import workload as w

SPLIT = np.array(w.SPLIT_AGE, np.int16)
RATES = [w.AMOUNT_BY_RATE.get(area, 0) for area in range(8)]
LOW = np.array(w.YOUNGER, np.int64) + RATES
HIGH = np.array(w.OLDER, np.int64) + RATES
PERCENT = np.array((w.ACTIVE_PERCENT, w.RETIRED_PERCENT), np.int64)


def prepare(workload, data):
    return data


def w1(d):
    area = d["area"]
    amount = np.where(d["age"] >= SPLIT[area], HIGH[area], LOW[area])
    return (np.where(d["retired"] & (d["scheme"] == w.EMPLOYEE), amount, 0),)


def w2(d):
    total = d["total"]
    eligible = total - w.half_up(total * d["self_bp"], 10_000)
    deductible = np.where(d["admission"] <= 1, w.FIRST_DEDUCTIBLE, w.LATER_DEDUCTIBLE)
    base = np.maximum(eligible - deductible, 0)
    percent = PERCENT[d["retired"].astype(np.int8), d["level"] - 1]
    wanted = w.half_up(base * percent, 100)
    room = np.maximum(w.BASIC_CAP - d["fund_so_far"], 0)
    basic = np.minimum(wanted, room)
    above = np.where(wanted > room, base - w.half_up(room * 100, percent), 0)
    large = w.half_up(np.maximum(above, 0) * w.LARGE_PERCENT, 100)
    return basic, large, total - basic - large


RUN = {"w1": w1, "w2": w2}


def run(workload, data):
    return RUN[workload](data)
