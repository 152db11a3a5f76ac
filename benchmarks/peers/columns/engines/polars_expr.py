"""Polars expressions, as an analyst would write them."""

import polars as pl
import workload as w

c = pl.col
ZERO = pl.lit(0, pl.Int64)


def prepare(workload, data):
    return pl.DataFrame(data).lazy()


def w1(frame):
    area, amount = c("area"), ZERO
    for i in range(5):
        by_age = pl.when(c("age") >= w.SPLIT_AGE[i]).then(w.OLDER[i]).otherwise(w.YOUNGER[i])
        amount = pl.when(area == i).then(by_age).otherwise(amount)
    for i, by_rate in w.AMOUNT_BY_RATE.items():
        amount = pl.when(area == i).then(by_rate).otherwise(amount)
    credited = c("retired") & (c("scheme") == w.EMPLOYEE)
    return frame.select(credit=pl.when(credited).then(amount).otherwise(0).cast(pl.Int64))


def percent():
    out = ZERO
    for i in range(3):
        pick = pl.when(c("retired")).then(w.RETIRED_PERCENT[i]).otherwise(w.ACTIVE_PERCENT[i])
        out = pl.when(c("level") == i + 1).then(pick).otherwise(out)
    return out.cast(pl.Int64)


def w2(frame):
    first, later = pl.lit(w.FIRST_DEDUCTIBLE, pl.Int64), pl.lit(w.LATER_DEDUCTIBLE, pl.Int64)
    over = c("base") - (2 * c("room") * 100 + c("percent")) // (2 * c("percent"))
    return (
        frame.with_columns(
            eligible=c("total") - w.half_up(c("total") * c("self_bp").cast(pl.Int64), 10_000),
            deductible=pl.when(c("admission") <= 1).then(first).otherwise(later),
            percent=percent(),
            room=pl.max_horizontal(w.BASIC_CAP - c("fund_so_far"), ZERO),
        )
        .with_columns(base=pl.max_horizontal(c("eligible") - c("deductible"), ZERO))
        .with_columns(wanted=w.half_up(c("base") * c("percent"), 100))
        .with_columns(
            basic=pl.min_horizontal(c("wanted"), c("room")),
            above=pl.when(c("wanted") > c("room")).then(over).otherwise(0),
        )
        .with_columns(large=w.half_up(pl.max_horizontal(c("above"), ZERO) * w.LARGE_PERCENT, 100))
        .select("basic", "large", self_pay=c("total") - c("basic") - c("large"))
    )


RUN = {"w1": w1, "w2": w2}


def run(workload, frame):
    return tuple(RUN[workload](frame).collect(engine="streaming").get_columns())
