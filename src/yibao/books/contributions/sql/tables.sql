CREATE TABLE contribution_month (
    area char(6) NOT NULL,
    person_id uuid NOT NULL,
    scheme smallint NOT NULL,
    month date NOT NULL,
    how smallint NOT NULL,
    base bigint NOT NULL,
    person_paid bigint NOT NULL,
    employer_paid bigint NOT NULL,
    paid_on date,
    PRIMARY KEY (area, person_id, scheme, month),
    CONSTRAINT contribution_month_is_a_first_day CHECK (extract(day FROM month) = 1),
    CONSTRAINT contribution_scheme_known CHECK (scheme IN (0, 1)),
    CONSTRAINT contribution_how_known CHECK (how IN (0, 1, 2)),
    CONSTRAINT contribution_amounts_not_negative CHECK (base >= 0 AND person_paid >= 0 AND employer_paid >= 0),
    CONSTRAINT deemed_month_costs_nothing CHECK (how <> 2 OR (person_paid = 0 AND employer_paid = 0 AND paid_on IS NULL)),
    CONSTRAINT paid_month_has_a_day CHECK (how = 2 OR paid_on IS NOT NULL)
) PARTITION BY LIST (area);
