-- The tables that are split by area (decision 13) get a part for each area that is opened here. Nobody writes to a part:
-- the rules of a table are triggers on the whole, and a statement that names a part would pass them by.
CREATE FUNCTION refuse_write_to_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'write_to_the_whole_table: %', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION make_parts_of_area(p_area text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    whole regclass;
    part text;
BEGIN
    FOR whole IN SELECT partrelid::regclass FROM pg_partitioned_table WHERE partstrat = 'l' ORDER BY 1 LOOP
        part := whole::text || '_' || p_area;
        IF to_regclass(part) IS NULL THEN
            EXECUTE format('CREATE TABLE %I PARTITION OF %s FOR VALUES IN (%L)', part, whole, p_area);
            EXECUTE format('CREATE TRIGGER write_to_the_whole_table BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON %I '
                           'FOR EACH STATEMENT EXECUTE FUNCTION refuse_write_to_part()', part);
        END IF;
    END LOOP;
END $$;

CREATE FUNCTION area_make_parts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM make_parts_of_area(NEW.code);
    RETURN NULL;
END $$;
CREATE TRIGGER area_opened AFTER INSERT ON areas_area FOR EACH ROW EXECUTE FUNCTION area_make_parts();
