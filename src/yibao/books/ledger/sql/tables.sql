-- Accounts, entries and postings. Amounts are fen: positive on the debit side, negative on the credit side.
CREATE TABLE ledger_account (
    id uuid PRIMARY KEY,
    area char(6) NOT NULL REFERENCES areas_area (code),
    kind smallint NOT NULL,
    subject text NOT NULL DEFAULT '',
    pocket text NOT NULL DEFAULT '',
    balance bigint,
    CONSTRAINT ledger_account_once UNIQUE (area, kind, subject, pocket),
    CONSTRAINT only_individual_accounts_keep_a_balance CHECK ((kind = 1) = (balance IS NOT NULL)),
    CONSTRAINT individual_account_has_a_person CHECK (kind <> 1 OR subject <> ''),
    CONSTRAINT individual_account_not_overdrawn CHECK (balance >= 0)
) WITH (fillfactor = 80);

-- An entry has no foreign key on its area: every poster would lock the same row of it. Its postings lie in the part of
-- their area, which only an area that was opened has.
CREATE TABLE ledger_entry (
    id uuid PRIMARY KEY,
    area char(6) NOT NULL,
    key text NOT NULL,
    kind smallint NOT NULL,
    content bytea NOT NULL,
    reverses uuid REFERENCES ledger_entry (id),
    reason text NOT NULL DEFAULT '',
    posted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT entry_key_once UNIQUE (area, key),
    CONSTRAINT entry_key_names_its_area CHECK (split_part(key, '/', 2) = area),
    CONSTRAINT reversal_says_why CHECK ((reverses IS NULL) OR reason <> '')
);
CREATE UNIQUE INDEX entry_reversed_once ON ledger_entry (reverses) WHERE reverses IS NOT NULL;

CREATE TABLE ledger_posting (
    area char(6) NOT NULL,
    entry_id uuid NOT NULL,
    account_id uuid NOT NULL,
    amount bigint NOT NULL,
    balance_after bigint,
    for_month date NOT NULL,
    effective_on date NOT NULL,
    posted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (area, entry_id, account_id),
    CONSTRAINT posting_moves_money CHECK (amount <> 0),
    CONSTRAINT posting_is_for_a_month CHECK (extract(day FROM for_month) = 1)
) PARTITION BY LIST (area);
CREATE INDEX ledger_posting_of_account ON ledger_posting (area, account_id, effective_on);

CREATE TABLE ledger_month (
    area char(6) NOT NULL REFERENCES areas_area (code),
    month date NOT NULL,
    closed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (area, month)
);

-- Nothing that was written is changed or goes. A correction is an entry of its own.
CREATE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'ledger_is_insert_only: % of %', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER ledger_is_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_is_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_posting
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_is_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_month
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_is_insert_only BEFORE DELETE OR TRUNCATE ON ledger_account
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();

-- An entry is written in one statement; at its end the new postings of each entry must sum to zero, belong to an entry of
-- the area, and touch accounts of the area. A second statement for an entry that is already there is refused by its sum
-- only if it does not balance by itself: what it adds then moves nothing between the areas and stays visible.
CREATE FUNCTION ledger_check_postings() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wrong record;
BEGIN
    SELECT f.entry_id AS entry, CASE
            WHEN sum(f.amount) <> 0 THEN 'entry_sums_to_zero'
            WHEN bool_or(e.id IS NULL) THEN 'posting_belongs_to_an_entry'
            WHEN bool_or(a.id IS NULL OR (a.balance IS NULL) <> (f.balance_after IS NULL))
                THEN 'posting_touches_an_account_of_its_area'
            WHEN bool_or(m.month IS NOT NULL) THEN 'month_is_closed' END AS rule
        INTO wrong
        FROM fresh f
        LEFT JOIN ledger_entry e ON e.id = f.entry_id AND e.area = f.area
        LEFT JOIN ledger_account a ON a.id = f.account_id AND a.area = f.area
        LEFT JOIN ledger_month m ON m.area = f.area AND m.month = date_trunc('month', f.effective_on)::date
        GROUP BY f.entry_id
        HAVING sum(f.amount) <> 0 OR bool_or(e.id IS NULL OR a.id IS NULL
            OR (a.balance IS NULL) <> (f.balance_after IS NULL) OR m.month IS NOT NULL)
        LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION '%: %', wrong.rule, wrong.entry USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER ledger_postings_checked AFTER INSERT ON ledger_posting
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION ledger_check_postings();

-- One entry with its postings, once for its key: a repeat is answered with the entry that is there, another content under
-- the same key is refused. Accounts with a balance are moved in the order of their keys, so that no two wait for each other.
CREATE FUNCTION ledger_post(
    p_area text, p_key text, p_entry uuid, p_kind smallint, p_content bytea, p_for_month date, p_effective_on date,
    p_accounts uuid[], p_amounts bigint[], p_reverses uuid DEFAULT NULL, p_reason text DEFAULT ''
) RETURNS TABLE (entry_id uuid, is_new boolean) LANGUAGE plpgsql AS $$
DECLARE
    found_id uuid;
    found_content bytea;
    line record;
    after bigint;
    accounts uuid[] := '{}';
    amounts bigint[] := '{}';
    balances bigint[] := '{}';
BEGIN
    INSERT INTO ledger_entry (id, area, key, kind, content, reverses, reason)
        VALUES (p_entry, p_area, p_key, p_kind, p_content, p_reverses, p_reason) ON CONFLICT (area, key) DO NOTHING;
    IF NOT FOUND THEN
        SELECT e.id, e.content INTO found_id, found_content FROM ledger_entry e WHERE e.area = p_area AND e.key = p_key;
        IF found_content <> p_content THEN
            RAISE EXCEPTION 'key_reused' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN QUERY SELECT found_id, false;
        RETURN;
    END IF;
    -- a month is closed under the same lock, alone: whoever posts meanwhile comes before or after, never across
    PERFORM pg_advisory_xact_lock_shared(hashtext('ledger_month'), hashtext(p_area));
    FOR line IN
        SELECT t.account_id, t.amount FROM unnest(p_accounts, p_amounts) AS t (account_id, amount) ORDER BY 1
    LOOP
        UPDATE ledger_account a SET balance = a.balance - line.amount
            WHERE a.id = line.account_id AND a.balance IS NOT NULL RETURNING a.balance INTO after;
        accounts := accounts || line.account_id;
        amounts := amounts || line.amount;
        balances := balances || after; -- NULL where the account keeps none
    END LOOP;
    INSERT INTO ledger_posting (area, entry_id, account_id, amount, balance_after, for_month, effective_on)
        SELECT p_area, p_entry, t.account_id, t.amount, t.balance_after, p_for_month, p_effective_on
        FROM unnest(accounts, amounts, balances) AS t (account_id, amount, balance_after);
    RETURN QUERY SELECT p_entry, true;
END $$;

CREATE FUNCTION ledger_close_month(p_area text, p_month date) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('ledger_month'), hashtext(p_area));
    INSERT INTO ledger_month (area, month) VALUES (p_area, p_month) ON CONFLICT DO NOTHING;
END $$;
