CREATE TABLE access_log (
    area char(6) NOT NULL,
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    reader_id uuid NOT NULL,
    reader_kind smallint NOT NULL,
    what text NOT NULL,
    reason text NOT NULL DEFAULT '',
    hour timestamptz NOT NULL,
    times integer NOT NULL DEFAULT 1,
    last_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (area, id),
    CONSTRAINT reader_kind_known CHECK (reader_kind IN (0, 1, 2, 3)),
    CONSTRAINT others_say_why CHECK (reader_kind = 0 OR reason <> '')
) PARTITION BY LIST (area);
-- A person's own looks are one row an hour; everybody else's are a row each (decision 20).
CREATE UNIQUE INDEX own_reads_once_an_hour ON access_log (area, person_id, reader_id, what, hour) WHERE reader_kind = 0;
CREATE INDEX access_log_of_person ON access_log (area, person_id, hour);

-- What was looked at stays written. Only the count of a person's own looks within the hour goes up.
CREATE FUNCTION access_log_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_LEVEL = 'ROW' THEN
        IF OLD.reader_kind = 0 AND (NEW.area, NEW.id, NEW.person_id, NEW.reader_id, NEW.reader_kind, NEW.what,
            NEW.reason, NEW.hour, NEW.times) = (OLD.area, OLD.id, OLD.person_id, OLD.reader_id, OLD.reader_kind,
            OLD.what, OLD.reason, OLD.hour, OLD.times + 1) AND NEW.last_at >= OLD.last_at THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'access_log_is_kept: % of %', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER access_log_is_kept BEFORE UPDATE ON access_log FOR EACH ROW EXECUTE FUNCTION access_log_refuse_change();
CREATE TRIGGER access_log_stays BEFORE DELETE OR TRUNCATE ON access_log
    FOR EACH STATEMENT EXECUTE FUNCTION access_log_refuse_change();
