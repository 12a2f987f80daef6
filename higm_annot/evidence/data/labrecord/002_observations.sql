-- Whose report was made, and which alleles it showed. Ids are pseudonyms; a name has blanks and does not fit.
CREATE TABLE reports (
    id INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE CHECK (length(digest) = 64 AND digest NOT GLOB '*[^0-9a-f]*'),
    sample TEXT NOT NULL COLLATE NOCASE CHECK (
        length(sample) BETWEEN 1 AND 64
        AND substr(sample, 1, 1) GLOB '[A-Za-z0-9]' AND sample NOT GLOB '*[^A-Za-z0-9._-]*'
    ),
    dated TEXT NOT NULL CHECK (dated GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
);
CREATE INDEX reports_of_sample ON reports (sample);

CREATE TABLE observations (
    report INTEGER NOT NULL REFERENCES reports (id),
    variant INTEGER NOT NULL REFERENCES variants (id),
    zygosity TEXT NOT NULL,
    unresolved INTEGER NOT NULL CHECK (unresolved IN (0, 1)),
    PRIMARY KEY (report, variant)
) WITHOUT ROWID;
CREATE INDEX observations_of_variant ON observations (variant);
