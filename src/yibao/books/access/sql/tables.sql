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
    CONSTRAINT others_say_why CHECK (reader_kind = 0 OR reason <> ''),
    CONSTRAINT own_reads_once_an_hour UNIQUE (area, person_id, reader_id, what, hour)
) PARTITION BY LIST (area);
