-- Alleles, and the classes a laboratory gave them. A class is never changed or taken away: a newer row supersedes it.
CREATE TABLE variants (
    id INTEGER PRIMARY KEY,
    key_grch38 TEXT NOT NULL,
    key_grch37 TEXT NOT NULL,
    gene TEXT NOT NULL,
    hgvs_g TEXT NOT NULL,
    hgvs_c TEXT NOT NULL,
    hgvs_p TEXT NOT NULL,
    CHECK (key_grch38 <> '' OR key_grch37 <> '')
);
CREATE UNIQUE INDEX variants_grch38 ON variants (key_grch38) WHERE key_grch38 <> '';
CREATE UNIQUE INDEX variants_grch37 ON variants (key_grch37) WHERE key_grch37 <> '';

CREATE TABLE classifications (
    id INTEGER PRIMARY KEY,
    variant INTEGER NOT NULL REFERENCES variants (id),
    class TEXT NOT NULL CHECK (class IN (
        'Pathogenic', 'Likely pathogenic', 'Uncertain significance', 'Likely benign', 'Benign', 'Withdrawn'
    )),
    mechanism TEXT NOT NULL,
    disease TEXT NOT NULL,
    who TEXT NOT NULL CHECK (
        length(who) BETWEEN 1 AND 64 AND substr(who, 1, 1) GLOB '[A-Za-z0-9]' AND who NOT GLOB '*[^A-Za-z0-9._-]*'
    ),
    dated TEXT NOT NULL CHECK (dated GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    reason TEXT NOT NULL CHECK (trim(reason) <> ''),
    criteria TEXT NOT NULL,
    superseded_by INTEGER REFERENCES classifications (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE UNIQUE INDEX classifications_current ON classifications (variant, mechanism, disease)
    WHERE superseded_by IS NULL;

CREATE TRIGGER classifications_unchanged BEFORE UPDATE ON classifications
WHEN OLD.superseded_by IS NOT NULL OR NEW.superseded_by IS NULL
    OR NEW.id <> OLD.id OR NEW.variant <> OLD.variant OR NEW.class <> OLD.class
    OR NEW.mechanism <> OLD.mechanism OR NEW.disease <> OLD.disease OR NEW.who <> OLD.who
    OR NEW.dated <> OLD.dated OR NEW.reason <> OLD.reason OR NEW.criteria <> OLD.criteria
BEGIN
    SELECT RAISE(ABORT, 'a class on record is not changed');
END;
CREATE TRIGGER classifications_kept BEFORE DELETE ON classifications
BEGIN
    SELECT RAISE(ABORT, 'a class on record is not taken away');
END;
