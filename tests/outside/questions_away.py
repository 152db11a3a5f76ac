"""What must be shown of care away from home, chronic diseases and medical aid, each figure as arithmetic."""

from tests.outside.questions import Figure, Question, half_up

ON, LATE = "2025-06-01", "2026-11-21"
ELSEWHERE = {"status": "active", "level": "3", "stay": "1", "cost": "50000", "age": "40"}


def beijing(points: int) -> int:
    """What the fund pays of 50,000 yuan at level three: 85, 90 and 95 % less some points, from 1,300 yuan on."""
    parts = ((30_000_00 - 1_300_00, 85), (10_000_00, 90), (10_000_00, 95))
    return half_up(sum(part * (share - points) for part, share in parts), 100)


def beijing_past_the_limit(points: int) -> dict[str, Figure]:
    """200,000 yuan: the fund ends at 100,000 with the lower shares too, the rest is paid at 85 % by the other one."""
    wanted = half_up((28_700_00 * (85 - points) + 10_000_00 * (90 - points) + 160_000_00 * (95 - points)), 100)
    beyond = half_up((wanted - 100_000_00) * 100, 95 - points)
    return {"fund_pays": 100_000_00, "large_amount_pays": half_up(beyond * 85, 100)}


def away() -> list[Question]:
    """Stays and visits elsewhere: as at home, fewer points, a first share of one's own."""
    low, high = beijing(20), beijing(0)
    national: dict[str, Figure] = {
        "rate_cut": (0, 200_000), "eligible": 50_000_00, "fund_pays": (low, high),
        "person_pays": (50_000_00 - high, 50_000_00 - low),
    }  # fmt: skip
    first = [half_up(120_000_00 * percent, 100) for percent in (5, 15)]
    counted = [120_000_00 - own for own in first]
    shaoxing = [half_up((50_000_00 - 1_200_00) * 85 + 50_000_00 * 90 + (c - 100_000_00) * 95, 100) for c in counted]
    liaoyuan = half_up((30_000_00 - 800_00) * (70 - 10) + 10_000_00 * (75 - 10), 100)
    far = beijing_past_the_limit(20), beijing_past_the_limit(0)
    limited: dict[str, Figure] = {
        "fund_pays": 100_000_00, "large_amount_pays": (far[0]["large_amount_pays"], far[1]["large_amount_pays"]),
    }  # type: ignore[dict-item]  # fmt: skip
    resident = {"scheme": "resident"}
    return [
        Question("inpatient", "北京", ON, {**ELSEWHERE, "away": "home"}, {"fund_pays": high}),
        Question("inpatient", "北京", ON, {**ELSEWHERE, "away": "filed"}, {"fund_pays": high, "rate_cut": 0}),
        Question("inpatient", "北京", ON, {**ELSEWHERE, "away": "unfiled"}, national, "range"),
        Question("inpatient", "北京", ON, {**ELSEWHERE, "cost": "200000", "away": "unfiled"}, limited, "range"),
        Question("inpatient", "绍兴", ON,
                 {"status": "retired", "level": "3", "stay": "1", "cost": "120000", "away": "referred"},
                 {"away_upfront": (first[0], first[1]), "fund_pays": (shaoxing[1], shaoxing[0])}, "range"),
        Question("inpatient", "辽源", LATE,
                 {**resident, "level": "2", "stay": "1", "cost": "40000", "away": "referred"},
                 {"rate_cut": 100_000, "fund_pays": liaoyuan, "person_pays": 40_000_00 - liaoyuan}),
        Question("outpatient", "绍兴", ON, {**resident, "level": "3", "cost": "4000", "away": "filed"},
                 {"away_upfront": 4_000_00, "fund_pays": 0, "person_pays": 4_000_00}),
        Question("inpatient", "北京", "2022-12-31", {**ELSEWHERE, "away": "unfiled"}, {}, "unknown"),
    ]  # fmt: skip


def chronic() -> list[Question]:
    """Outpatient care for diseases that have rules of their own."""
    tianjin = half_up((180_000_00 - 1_300_00) * 90 + 20_000_00 * 80, 100)
    shaoxing = half_up((10_000_00 - 400_00) * 75, 100)
    yes = {"chronic": "yes"}
    patient = {"scheme": "resident", **yes}
    return [
        Question("outpatient", "天津", ON,
                 {**yes, "disease": "special", "status": "retired", "level": "3", "cost": "200000"},
                 {"deductible": 1_300_00, "fund_pays": tianjin, "person_pays": 200_000_00 - tianjin}),
        Question("outpatient", "绍兴", ON, {**patient, "disease": "special", "level": "3", "cost": "10000"},
                 {"deductible": 400_00, "fund_pays": shaoxing}),
        Question("outpatient", "绍兴", ON, {**yes, "disease": "special", "level": "3", "cost": "10000"}, {},
                 "not_applicable"),
        Question("outpatient", "吉林市", LATE, {**patient, "disease": "chronic", "level": "2", "cost": "1000"},
                 {"fund_pays": half_up(1_000_00 * 60, 100)}),
        Question("outpatient", "吉林市", LATE, {**patient, "disease": "chronic", "level": "2", "cost": "20000"},
                 {"fund_pays": 6_500_00}),
        *(Question("outpatient", "巴中", LATE, {**patient, "disease": disease, "cost": "3000"}, {"fund_pays": limit})
          for disease, limit in (("hypertension", 200_00), ("diabetes", 300_00), ("both", 500_00))),
        Question("outpatient", "巴中", LATE, {**patient, "disease": "hypertension", "cost": "300", "away": "filed"}, {},
                 "not_applicable"),
        Question("outpatient", "上海", ON, {**yes, "disease": "diabetes", "status": "active", "cost": "300"}, {},
                 "unknown"),
    ]  # fmt: skip


def aid() -> list[Question]:
    """武汉's resident: 40,000 yuan at level two; of what the insurances leave at least 70 % is paid."""
    fund = half_up((40_000_00 - 400_00) * 70, 100)
    critical = half_up((40_000_00 - fund - 12_000_00) * 60, 100)
    left = 40_000_00 - fund - critical
    facts = {"scheme": "resident", "level": "2", "stay": "1", "cost": "40000"}
    paid: dict[str, Figure] = {"fund_pays": fund, "critical_illness_pays": critical}
    return [
        Question("inpatient", "武汉", LATE, {**facts, "aid_group": "low_income"},
                 {**paid, "medical_aid_pays": (half_up(left * 70, 100), left)}, "range"),
        Question("inpatient", "武汉", LATE, {**facts, "aid_group": "near_poor"}, paid),
        Question("inpatient", "武汉", LATE, facts, paid),
    ]  # fmt: skip
