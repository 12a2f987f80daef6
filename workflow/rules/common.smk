import shlex
from pathlib import Path

import pandas as pd
from higm_annot.batches import batch_of, families, family_key
from higm_annot.evidence.sources import evidence_with
from higm_annot.evidence.labrecord.classes import read_record
from higm_annot.evidence.labrecord.types import digest_of
from higm_annot.intake.outside import attached_files
from higm_annot.intake.sheet import read_sheet, sheet_rows
from higm_annot.problems import Refused, problem
from higm_annot.reference.store import load_panel
from higm_annot.report.formats import ending
from higm_annot.report.letterhead import read_letterhead
from higm_annot.report.provenance import made_with
from snakemake.exceptions import WorkflowError
from snakemake.utils import validate

validate(config, "../schemas/config.schema.yaml")

SHEET = config["samples"]
RESULTS = config["results"]
BATCHES = config["batches"]
# Relations, sexes and clinical status beside the sheet; every command that reads the sheet reads it too.
PED = [config["ped"]] if config["ped"] else []
WITH_PED = f"--ped {shlex.quote(config['ped'])}" if PED else ""
BUILD = f"--build {config['build']}" if config["build"] else ""
SEX_CHECK = "--sex-check" if config["sex_check"] else ""
RECORD = config["record"]
WITH_RECORD = f"--record {shlex.quote(RECORD)}" if RECORD else ""
OBSERVATIONS = f"--observations {shlex.quote(RECORD)}" if RECORD and config["record_observations"] else ""
# What the pages bear of the laboratory; its digest is a parameter, so that another letterhead makes the pages anew.
WITH_LAB = f"--lab {shlex.quote(config['lab'])}" if config["lab"] else ""
FORMATS = ",".join(config["formats"])
# Evidence that the laboratory brings; every command that judges alleles is given it.
WITH_EVIDENCE = f"--evidence {shlex.quote(config['evidence'])}" if config["evidence"] else ""

try:
    # A parameter of every rule: after an upgrade of the program, its tables or the evidence everything is made again.
    MADE_WITH = made_with(load_panel(), evidence_with(config["evidence"]))
    READ = read_sheet(SHEET, config["ped"])
    # The classes in force, not the file: observations written to it must not make everything anew.
    CLASSES = digest_of(read_record(Path(RECORD)).rows) if RECORD else ""
    LETTERHEAD = letterhead.digest if (letterhead := read_letterhead(config["lab"])) else ""
    if config["record_observations"] and not RECORD:
        raise Refused(problem("HA-REC-030"))
except Refused as refusal:
    raise WorkflowError(str(refusal)) from None
PEOPLE = READ.people
validate(pd.DataFrame(sheet_rows(SHEET)), "../schemas/samples.schema.yaml")

# Families stay whole and batches are named by a stable hash, so a new sample moves nobody else.
FAMILY_BATCHES = {}
for _group in families(PEOPLE, READ.untested):
    FAMILY_BATCHES.setdefault(batch_of(family_key(_group), BATCHES), []).extend(_group)
FILE_BATCHES = {}
for _person in PEOPLE:
    FILE_BATCHES.setdefault(batch_of(_person.vcf, BATCHES), []).append(_person)


def reports(people):
    """Every report document of these people, in every format asked for."""
    return [
        f"{RESULTS}/reports/{person.sample}.{ending(name)}"
        for person in people
        for name in ("json", *config["formats"])
    ]


def intake_folders(people):
    """The folders in which the cut records of these people are found."""
    batches = sorted({batch_of(person.vcf, BATCHES) for person in people})
    return [f"{RESULTS}/work/intake/{batch}" for batch in batches]


def existing(people, columns):
    """The files of these people that exist; a missing one is a problem of its own sample, not of the run."""
    names = (getattr(person, column) for person in people for column in columns)
    return sorted({name for name in names if name and Path(name).is_file()})


def outside_files(people):
    """The outside-call files of these people, the results attached to them, and phenotypes, as far as they exist."""
    calls = existing(people, ("outside_calls",))
    told = existing(people, ("phenotype",))
    return sorted({*calls, *told, *(name for path in calls for name in attached_files(path) if Path(name).is_file())})
