"""Bad knowledge is refused: every fault is told with its file, its row and the rule that it breaks."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from higm_annot.classification.audit import FIXED_CRITERIA
from higm_annot.classification.case_check import case_faults
from higm_annot.classification.case_rules import CASE_FIXED, CASE_RULES, CASE_STRENGTHS
from higm_annot.classification.check import combining_faults, criteria_faults
from higm_annot.classification.critical_residue import CRITICAL_RESIDUES
from higm_annot.classification.predictions import PREDICTION_RULES
from higm_annot.classification.same_residue import NEIGHBOUR_RULES
from higm_annot.classification.table_2015 import COMBINING_RULES
from higm_annot.classification.unaffected import UNAFFECTED_COUNTS
from higm_annot.cli import main
from higm_annot.interpretation.check import EMPTY, FAMILY, GROUPS, STEPS, TABLE, TERMS, TESTS, rule_faults
from higm_annot.knowledge import check, observable
from higm_annot.knowledge.check import knowledge_faults
from higm_annot.knowledge.rows import by_key, parse_table
from higm_annot.knowledge.tables import Threshold
from higm_annot.phenotype.check import observable_faults
from higm_annot.problems import Refused
from higm_annot.report.check import headline_faults

PACKAGE = files("higm_annot")
DATA = Path(str(PACKAGE.joinpath("knowledge", "data")))
HEADLINES = PACKAGE.joinpath("report", "data", "headline.tsv").read_text(encoding="utf-8")


class Tables:
    """A copy of the tables to spoil. ``line`` is the line of the row touched last."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(DATA, folder, copy_function=shutil.copyfile, dirs_exist_ok=True)
        self.line = 0

    def lines(self, name):
        return (self.folder / name).read_text(encoding="utf-8").splitlines()

    def write(self, name, lines):
        (self.folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")

    def add(self, name, like=None, **cells):
        """Add a row: like one that is there (the first whose first cell is ``like``), with some cells changed."""
        lines = self.lines(name)
        columns = lines[0].split("\t")
        pattern = next((line for line in lines[1:] if line.split("\t")[0] == like), "\t" * (len(columns) - 1))
        row = dict(zip(columns, pattern.split("\t"), strict=True)) | cells
        assert list(row) == columns
        self.write(name, [*lines, "\t".join(row.values())])
        self.line = len(lines) + 1
        return self.line

    def change(self, name, first, **cells):
        """Change cells of the first row whose first cell is ``first``."""
        lines = self.lines(name)
        columns = lines[0].split("\t")
        index = next(number for number, line in enumerate(lines) if number and line.split("\t")[0] == first)
        row = dict(zip(columns, lines[index].split("\t"), strict=True)) | cells
        assert list(row) == columns
        lines[index] = "\t".join(row.values())
        self.write(name, lines)
        self.line = index + 1
        return self.line

    def remove(self, name, first):
        lines = self.lines(name)
        kept = [line for line in lines if line.split("\t")[0] != first]
        assert len(kept) == len(lines) - 1
        self.write(name, kept)

    def line_of(self, name, first):
        return next(n for n, line in enumerate(self.lines(name), 1) if line.split("\t")[0] == first)

    def fact_of_a_disease(self):
        """Name of the first fact that goes with a disease."""
        rows = (line.split("\t") for line in self.lines("facts.tsv")[1:])
        return next(row[0] for row in rows if row[2] not in ("", "*"))

    def told(self):
        return [
            fault.text()
            for faults in (knowledge_faults, combining_faults, criteria_faults, case_faults, rule_faults)
            for fault in faults(self.folder)
        ]


@pytest.fixture
def tables(tmp_path):
    return Tables(tmp_path / "data")


def test_the_tables_in_use_hold(capsys):
    assert knowledge_faults() == combining_faults() == criteria_faults() == observable_faults() == ()
    assert case_faults() == rule_faults() == headline_faults() == ()
    assert main(["knowledge", "verify"]) == 0
    assert capsys.readouterr().out.startswith("every table holds")


def test_every_table_of_the_folder_is_checked():
    known = {
        check.SOURCES,
        check.GENES,
        check.DISEASES,
        check.TEXTS,
        check.FACTS,
        check.THRESHOLDS,
        check.LISTED,
        check.EXONS,
        check.PARALOGUES,
        check.FEATURES,
        check.NULL_CAPS,
        check.MECHANISMS,
        check.SEX_CHECK,
        check.REVIEW_STATUS,
        check.EXPECTED,
        check.LABORATORY,
        observable.FEATURES,
        observable.UNITS,
        observable.WORDS,
        observable.SAME,
        observable.WEIGHTS,
        observable.TELLING,
        COMBINING_RULES,
        FIXED_CRITERIA,
        NEIGHBOUR_RULES,
        CRITICAL_RESIDUES,
        PREDICTION_RULES,
        UNAFFECTED_COUNTS,
        *(CASE_RULES, CASE_STRENGTHS, CASE_FIXED),
        *(TABLE, GROUPS, TESTS, TERMS, EMPTY, FAMILY, STEPS),
    }
    assert {path.name for path in DATA.iterdir()} == known


def test_an_unchanged_copy_holds(tables, capsys):
    assert tables.told() == []
    assert main(["knowledge", "verify", str(tables.folder)]) == 0


def test_a_refused_table_gives_exit_code_2_and_one_line_a_fault(tables, capsys):
    line = tables.add("thresholds.tsv", like="splice_flank", key="more", source="")
    assert main(["knowledge", "verify", str(tables.folder)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == (
        f"HA-KNO-004 error: thresholds.tsv:{line}: The row names no source. "
        "Name one; a statement without a source is not used.\n"
    )


CORRECT = "Correct the cell, or add what it names."


def unknown_column(tables):
    lines = tables.lines("genes.tsv")
    tables.write("genes.tsv", [lines[0].replace("omim", "mim"), *lines[1:]])
    accepted = ", ".join(lines[0].split("\t"))
    return (
        "HA-KNO-001 error: genes.tsv:1: The table has an unknown, missing or repeated column: mim, omim. "
        f"The columns are: {accepted}."
    )


def wrong_cell(tables):
    line = tables.add("thresholds.tsv", like="splice_flank", key="more") and tables.change(
        "diseases.tsv", "HIGM3", inheritance="ARR"
    )
    return (
        f"HA-KNO-002 error: diseases.tsv:{line}: 'ARR' does not fit column inheritance: "
        "expected one of: AR, AD, XLR, XLD, XL. Correct the cell."
    )


def unknown_gene(tables):
    line = tables.change("genes.tsv", "UNG", gene="UNGG")
    return (
        f"HA-KNO-002 error: genes.tsv:{line}: 'UNGG' does not fit column gene: Invalid enum value 'UNGG'. "
        "Correct the cell."
    )


def too_few_cells(tables):
    tables.write("thresholds.tsv", [*tables.lines("thresholds.tsv"), "more\t1"])
    line = len(tables.lines("thresholds.tsv"))
    return f"HA-KNO-003 error: thresholds.tsv:{line}: The row has 2 cells, the header 5. Add or remove tabs."


def missing_table(tables):
    (tables.folder / "exons.tsv").unlink()
    return (
        "HA-KNO-012 error: exons.tsv: The table cannot be read: No such file or directory. "
        "Give a folder that holds every table, in UTF-8."
    )


def repeated_key(tables):
    first = tables.line_of("thresholds.tsv", "splice_flank")
    line = tables.add("thresholds.tsv", like="splice_flank")
    return (
        f"HA-KNO-005 error: thresholds.tsv:{line}: The row repeats 'splice_flank', which stands on line {first} "
        "already. Keep one of the two."
    )


def repeated_sentence(tables):
    first = tables.line_of("texts.tsv", "why.hemizygous_male")
    line = tables.add("texts.tsv", like="why.hemizygous_male")
    return (
        f"HA-KNO-005 error: texts.tsv:{line}: The row repeats 'why.hemizygous_male', which stands on line {first} "
        "already. Keep one of the two."
    )


def unknown_source(tables):
    line = tables.change("genes.tsv", "UNG", source="clinical-review;hearsay")
    return f"HA-KNO-006 error: genes.tsv:{line}: 'hearsay' in column source is not a key of sources.tsv. {CORRECT}"


def unknown_source_of_a_rule(tables):
    line = tables.change(TABLE, "CD40-01", source="hearsay")
    return f"HA-KNO-006 error: {TABLE}:{line}: 'hearsay' in column source is not a key of sources.tsv. {CORRECT}"


def fact_without_sentence(tables):
    line = tables.add("facts.tsv", like=tables.fact_of_a_disease(), fact="never_worded")
    return (
        f"HA-KNO-006 error: facts.tsv:{line}: 'never_worded' in column fact is not the name of a sentence "
        f"fact.never_worded in texts.tsv. {CORRECT}"
    )


def sentence_without_fact(tables):
    line = tables.add("texts.tsv", code="fact.never_printed", text="Nobody reads this.", source="software")
    return (
        f"HA-KNO-009 error: texts.tsv:{line}: The row can never be used: facts.tsv has no fact never_printed. "
        "Remove it, or correct what it asks for."
    )


def fact_of_an_unknown_disease(tables):
    line = tables.change("facts.tsv", tables.fact_of_a_disease(), disease="HIGM9")
    return f"HA-KNO-006 error: facts.tsv:{line}: 'HIGM9' in column disease is not a disease of diseases.tsv. {CORRECT}"


def fact_for_nobody(tables):
    line = tables.change("facts.tsv", tables.fact_of_a_disease(), sex="man")
    return f"HA-KNO-006 error: facts.tsv:{line}: 'man' in column sex is not one of: male, female, unknown. {CORRECT}"


def fact_that_no_conclusion_prints(tables):
    line = tables.change("facts.tsv", tables.fact_of_a_disease(), disease="CMMRD", code="carrier;no_finding")
    return (
        f"HA-KNO-009 error: facts.tsv:{line}: The row can never be used: no row of {TABLE} says carrier or no_finding "
        "of CMMRD. Remove it, or correct what it asks for."
    )


def fact_with_a_field_nobody_fills(tables):
    code = f"fact.{tables.fact_of_a_disease()}"
    line = tables.change("texts.tsv", code, text="In {share} of patients.")
    return (
        f"HA-KNO-013 error: texts.tsv:{line}: The sentence cannot be filled in: {code}: "
        "no field 'share'. Use only the fields gene, disease, variants, count, does, in single braces."
    )


def sentence_with_an_open_brace(tables):
    line = tables.change("texts.tsv", "cap.nmd_escape", text="An {open brace.")
    return (
        f"HA-KNO-013 error: texts.tsv:{line}: The sentence cannot be filled in: cap.nmd_escape: "
        "expected '}' before end of string. Use only the fields that the program fills, in single braces."
    )


def allele_of_an_unknown_disease(tables):
    line = tables.change("listed_alleles.tsv", "CD40LG", disease="HIGM9")
    return (
        f"HA-KNO-006 error: listed_alleles.tsv:{line}: 'HIGM9' in column disease is not a disease of diseases.tsv. "
        f"{CORRECT}"
    )


def allele_at_another_base(tables):
    line = tables.change("listed_alleles.tsv", "CD40LG", key_grch38="GRCh38:X:136654423:TC:T")
    return (
        f"HA-KNO-014 error: listed_alleles.tsv:{line}: GRCh38:X:136654423:TC:T contradicts the sequence of CD40LG in "
        "GRCh38. Correct the one that is wrong."
    )


def gene_without_facts(tables):
    tables.remove("genes.tsv", "UNG")
    return "HA-KNO-007 error: genes.tsv: There is no row for UNG. Add the row."


def gene_without_limit(tables):
    tables.remove("thresholds.tsv", "BS1_UNG")
    return "HA-KNO-007 error: thresholds.tsv: There is no row BS1_UNG. Add the row."


def limits_that_do_not_ascend(tables):
    line = tables.change("thresholds.tsv", "BA1_UNG", value="0.004")
    return (
        f"HA-KNO-011 error: thresholds.tsv:{line}: 0.004 in column value lies outside a frequency above that of the "
        "limit before it (0.005). Correct the cell."
    )


def limit_of_an_unknown_gene(tables):
    line = tables.add("thresholds.tsv", like="BS1_UNG", key="BS1_UNGG")
    return (
        f"HA-KNO-009 error: thresholds.tsv:{line}: The row can never be used: UNGG is not a gene of the panel. "
        "Remove it, or correct what it asks for."
    )


def protein_of_another_length(tables):
    line = tables.change("genes.tsv", "CD40", protein_length="278")
    return (
        f"HA-KNO-014 error: genes.tsv:{line}: protein_length 278 of CD40 contradicts the reference (277). "
        "Correct the one that is wrong."
    )


def exon_of_another_length(tables):
    line = tables.change("exons.tsv", "CD40", coding_bases="50")
    return (
        f"HA-KNO-014 error: exons.tsv:{line}: exon 1 of CD40 contradicts its MANE Select transcript (1, 51, 51). "
        "Correct the one that is wrong."
    )


def exon_that_does_not_exist(tables):
    line = tables.add("exons.tsv", like="CD40", exon="10")
    return (
        f"HA-KNO-011 error: exons.tsv:{line}: 10 in column exon lies outside 1-9, the exons of CD40. Correct the cell."
    )


def feature_outside_the_protein(tables):
    line = tables.add("protein_features.tsv", like="AICDA", start="190", end="199")
    return (
        f"HA-KNO-011 error: protein_features.tsv:{line}: 199 in column end lies outside 190-198 of the protein of "
        "AICDA. Correct the cell."
    )


def firewall_behind_the_last_exon(tables):
    line = tables.change("paralogue_regions.tsv", "PMS2 exon 9", first_exon="16", last_exon="16")
    one = f"HA-KNO-011 error: paralogue_regions.tsv:{line}: 16 in column"
    return [
        f"{one} first_exon lies outside 1-15, the exons of PMS2. Correct the cell.",
        f"{one} last_exon lies outside 16-15, the exons of PMS2. Correct the cell.",
    ]


def hidden_mechanism(tables):
    first = tables.line_of("mechanisms.tsv", "CD40")
    line = tables.add(
        "mechanisms.tsv", gene="CD40", kinds="stop", escapes_nmd="yes", mechanism="unknown", source="derived"
    )
    return (
        f"HA-KNO-009 error: mechanisms.tsv:{line}: The row can never be used: line {first} fits everything that it "
        "fits, and comes first. Remove it, or correct what it asks for."
    )


def rule_beyond_the_protein(tables):
    line = tables.change("null_caps.tsv", "cd40lg_start_proximal", codon_high="262")
    return (
        f"HA-KNO-011 error: null_caps.tsv:{line}: 262 in column codon_high lies outside 1-261 (the codons of CD40LG). "
        "Correct the cell."
    )


def cap_that_would_count_twice(tables):
    first = tables.line_of("null_caps.tsv", "ung_validity_moderate")
    line = tables.add("null_caps.tsv", like="ung_validity_moderate", kinds="stop")
    return (
        f"HA-KNO-008 error: null_caps.tsv:{line}: The row and line {first} both answer ung_validity_moderate in UNG. "
        "Let one of them ask for something else; no two rows may answer the same."
    )


def cap_without_sentence(tables):
    line = tables.add("null_caps.tsv", like="ung_validity_moderate", code="unsaid")
    return (
        f"HA-KNO-006 error: null_caps.tsv:{line}: 'unsaid' in column code is not the name of a sentence cap.unsaid in "
        f"texts.tsv. {CORRECT}"
    )


def overlapping_rows(tables):
    first = tables.line_of(TABLE, "CD40-01")
    line = tables.change(TABLE, "CD40-02", state="two_trans;hom")
    return (
        f"HA-KNO-008 error: {TABLE}:{line}: The row and row CD40-01 on line {first} both answer CD40, pathogenic, "
        "group any, state hom, male, indicated, consent yes. "
        "Let one of them ask for something else; no two rows may answer the same."
    )


def unreachable_row(tables):
    line = tables.add(TABLE, like="CD40-01", row="CD40-99", state="hemi", sex="male")
    return (
        f"HA-KNO-009 error: {TABLE}:{line}: The row can never be used: no combination that can occur meets CD40-99. "
        "Remove it, or correct what it asks for."
    )


def hole(tables):
    tables.remove(TABLE, "CD40-10")
    return (
        f"HA-KNO-010 error: {TABLE}: No row answers CD40, pathogenic, group any, state open, male, indicated, "
        "consent yes. Add a row, or widen one."
    )


def misspelt_cell(tables):
    line = tables.change(TABLE, "CD40-01", context="ill")
    return (
        f"HA-KNO-006 error: {TABLE}:{line}: 'ill' in column context is not one of: "
        f"indicated, healthy, screening, prenatal. "
        f"{CORRECT}"
    )


def unknown_conclusion(tables):
    line = tables.change(TABLE, "CD40-01", code="ill")
    return (
        f"HA-KNO-006 error: {TABLE}:{line}: 'ill' in column code is not one of: disease_genotype, "
        "possible_disease_genotype, one_allele_found, carrier, carrier_possibly_affected, secondary_risk, uncertain, "
        f"no_finding, not_assessed, withheld, compact. {CORRECT}"
    )


def unknown_disease(tables):
    line = tables.change(TABLE, "CD40-01", disease="HIGM9")
    return f"HA-KNO-006 error: {TABLE}:{line}: 'HIGM9' in column disease is not a disease of diseases.tsv. {CORRECT}"


def disease_of_another_gene(tables):
    line = tables.change(TABLE, "CD40-01", disease="HIGM5")
    return (
        f"HA-KNO-014 error: {TABLE}:{line}: HIGM5 of UNG contradicts the row's column gene. "
        "Correct the one that is wrong."
    )


def unknown_reason(tables):
    line = tables.change(TABLE, "CD40-01", why="because")
    return (
        f"HA-KNO-006 error: {TABLE}:{line}: 'because' in column why is not the name of a sentence why.because in "
        f"texts.tsv. {CORRECT}"
    )


def unknown_test(tables):
    line = tables.change(TABLE, "CD40-01", next_tests="horoscope")
    return (
        f"HA-KNO-006 error: {TABLE}:{line}: 'horoscope' in column next_tests is not the name of a sentence "
        f"test.horoscope in texts.tsv. {CORRECT}"
    )


def unknown_penetrance(tables):
    line = tables.change(TABLE, "CD40-01", penetrance="high")
    return (
        f"HA-KNO-006 error: {TABLE}:{line}: 'high' in column penetrance is not the name of a sentence penetrance.high "
        f"in texts.tsv. {CORRECT}"
    )


def conclusion_without_reason(tables):
    line = tables.change(TABLE, "CD40-01", why="")
    return f"HA-KNO-002 error: {TABLE}:{line}: '' does not fit column why: a code is needed. Correct the cell."


def row_name_twice(tables):
    first = tables.line_of(TABLE, "CD40-01")
    line = tables.change(TABLE, "CD40-02", row="CD40-01")
    return (
        f"HA-KNO-005 error: {TABLE}:{line}: The row repeats 'CD40-01', which stands on line {first} already. "
        "Keep one of the two."
    )


def mechanism_without_group(tables):
    lines = tables.lines(GROUPS)
    tables.write(GROUPS, [line for line in lines if not line.startswith("UNG\thypomorphic")])
    return f"HA-KNO-007 error: {GROUPS}: There is no row for UNG and hypomorphic. Add the row."


def combining_rule_that_another_takes(tables):
    line = tables.add("combining_rules.tsv", like="P-ii", rule="P-iv", strong="3")
    return (
        f"HA-KNO-009 error: combining_rules.tsv:{line}: The row can never be used: P-ii gives Pathogenic for the same "
        "criteria. Remove it, or correct what it asks for."
    )


def score_that_a_lower_limit_takes(tables):
    line = tables.add("prediction_rules.tsv", about="protein", program="REVEL", kinds="missense",
                      criterion="PP3", strength="strong", at_least="0.95", source="Pejaver-2022")  # fmt: skip
    return [
        f"HA-KNO-009 error: prediction_rules.tsv:{line}: The row can never be used: line {before} fits everything that "
        "it fits, and comes first. Remove it, or correct what it asks for."
        for before in (2, 3, 4)
    ]


def count_that_a_smaller_one_takes(tables):
    line = tables.add("unaffected_counts.tsv", like="UNG", at_least="5", strength="strong")
    return (
        f"HA-KNO-009 error: unaffected_counts.tsv:{line}: The row can never be used: the rows of UNG before it "
        "count the same people. Remove it, or correct what it asks for."
    )


def score_without_its_limit(tables):
    line = tables.add("prediction_rules.tsv", about="splicing", program="Other", kinds="none", criterion="BP4",
                      strength="supporting", at_least="0.1", source="Walker-2023")  # fmt: skip
    return (
        f"HA-KNO-009 error: prediction_rules.tsv:{line}: The row can never be used: BP4 needs at_most and no other "
        "limit. Remove it, or correct what it asks for."
    )


def case_that_two_rows_weigh(tables):
    line = tables.add(CASE_RULES, like="PM3", weight="2")
    return (
        f"HA-KNO-008 error: {CASE_RULES}:{line}: The row and line 2 both answer PM3, AR, in_trans. "
        "Let one of them ask for something else; no two rows may answer the same."
    )


def case_that_nobody_weighs(tables):
    tables.remove(CASE_RULES, "BP5")
    return [
        f"HA-KNO-010 error: {CASE_RULES}: No row answers BP5 in {gene}, XLR. Add a row, or widen one."
        for gene in ("CD40LG", "IKBKG")
    ]


def situation_that_no_criterion_asks(tables):
    line = tables.change(CASE_RULES, "BP5", situation="other_genes")
    return (
        f"HA-KNO-006 error: {CASE_RULES}:{line}: 'other_genes' in column situation is not a situation that BP5 asks "
        f"about. {CORRECT}"
    )


def criterion_of_a_case_without_a_reason(tables):
    line = tables.change(CASE_FIXED, "BP5", reason="because")
    return (
        f"HA-KNO-006 error: {CASE_FIXED}:{line}: 'because' in column reason is not the name of a sentence "
        f"audit.because in texts.tsv. {CORRECT}"
    )


def region_that_ends_before_it_starts(tables):
    line = tables.change("sex_check_regions.tsv", "PAR1", end="60000")
    return (
        f"HA-KNO-011 error: sex_check_regions.tsv:{line}: 60000 in column end lies outside 60001 and more, where it "
        "starts. Correct the cell."
    )


def pseudogene_that_feeds_the_observed_sex(tables):
    tables.change("sex_check_regions.tsv", "IKBKG to the end of X", end="153765460")
    return "HA-KNO-007 error: sex_check_regions.tsv: There is no row that covers IKBKG in GRCh37. Add the row."


def expected_finding_of_another_mechanism(tables):
    line = tables.change(check.EXPECTED, "HIGM3", mechanism="amorphic")
    return (
        f"HA-KNO-006 error: {check.EXPECTED}:{line}: 'amorphic' in column mechanism is not a mechanism of HIGM3 in "
        f"diseases.tsv. {CORRECT}"
    )


def expected_finding_of_an_unlisted_allele(tables):
    line = tables.change(check.EXPECTED, "HIGM3", allele="c.1A>G")
    return (
        f"HA-KNO-006 error: {check.EXPECTED}:{line}: 'c.1A>G' in column allele is not an allele of CD40 in "
        f"listed_alleles.tsv. {CORRECT}"
    )


def expected_finding_with_another_label(tables):
    line = tables.add(check.EXPECTED, "HIGM3", feature="HP:0002014", label="Vomiting")
    return (
        f"HA-KNO-014 error: {check.EXPECTED}:{line}: Vomiting contradicts the label of HP:0002014 elsewhere "
        "(Diarrhea). Correct the one that is wrong."
    )


def expected_result_that_no_test_has(tables):
    line = tables.change(check.EXPECTED, "HIGM3", kind="lab", feature="IgM", label="", direction="skewed")
    return (
        f"HA-KNO-006 error: {check.EXPECTED}:{line}: 'IgM skewed' in column feature is not a row of "
        f"{check.LABORATORY}. {CORRECT}"
    )


def expected_counts_that_contradict_their_share(tables):
    line = tables.change(check.EXPECTED, "HIGM3", seen="1", examined="2", frequency_low="0.9", frequency_high="0.9")
    return (
        f"HA-KNO-014 error: {check.EXPECTED}:{line}: 1 of 2 contradicts its shares (0.9 to 0.9). "
        "Correct the one that is wrong."
    )


def expected_finding_twice(tables):
    first = tables.line_of(check.EXPECTED, "HIGM3")
    line = tables.add(check.EXPECTED, "HIGM3", note="again")
    return (
        f"HA-KNO-005 error: {check.EXPECTED}:{line}: The row repeats 'HIGM3 disease HP:0002718', which stands on line "
        f"{first} already. Keep one of the two."
    )


def laboratory_finding_without_words(tables):
    tables.remove("texts.tsv", "lab.IgM_high")
    line = next(n for n, row in enumerate(tables.lines(check.LABORATORY), 1) if row.startswith("IgM\thigh"))
    return (
        f"HA-KNO-006 error: {check.LABORATORY}:{line}: 'IgM' in column lab is not the name of a sentence lab.IgM_high "
        f"in texts.tsv. {CORRECT}"
    )


def plain_words_of_no_fact(tables):
    line = tables.add("texts.tsv", "plain_fact.see_a_doctor", code="plain_fact.nothing")
    return (
        f"HA-KNO-009 error: texts.tsv:{line}: The row can never be used: facts.tsv has no fact nothing. "
        "Remove it, or correct what it asks for."
    )


def plain_words_with_a_source_of_their_own(tables):
    line = tables.change("texts.tsv", "plain_fact.see_a_doctor", source="NBK1402")
    return (
        f"HA-KNO-014 error: texts.tsv:{line}: plain_fact.see_a_doctor (NBK1402) contradicts the sources of "
        "fact.see_a_doctor. Correct the one that is wrong."
    )


def step_that_another_row_answers(tables):
    first = tables.line_of(STEPS, "partner")
    line = tables.add(STEPS, "partner", disease="HIGM3", context="healthy", sex="male", status="established")
    return (
        f"HA-KNO-008 error: {STEPS}:{line}: The row and line {first} both answer partner_testing, HIGM3, carrier, "
        "established, male, healthy. Let one of them ask for something else; no two rows may answer the same."
    )


def step_without_words(tables):
    tables.remove("texts.tsv", "step.partner_normal")
    line = tables.line_of(STEPS, "partner")
    return (
        f"HA-KNO-006 error: {STEPS}:{line}: 'partner' in column step is not the name of a sentence step.partner_normal "
        f"in texts.tsv. {CORRECT}"
    )


def step_of_an_unknown_status(tables):
    line = tables.change(STEPS, "partner", status="guessed")
    return (
        f"HA-KNO-006 error: {STEPS}:{line}: 'guessed' in column status is not one of: established, "
        f"unresolved_paralogue. {CORRECT}"
    )


FAULTS = (
    unknown_column,
    wrong_cell,
    unknown_gene,
    too_few_cells,
    missing_table,
    repeated_key,
    repeated_sentence,
    unknown_source,
    unknown_source_of_a_rule,
    fact_without_sentence,
    sentence_without_fact,
    fact_of_an_unknown_disease,
    fact_for_nobody,
    fact_that_no_conclusion_prints,
    fact_with_a_field_nobody_fills,
    sentence_with_an_open_brace,
    allele_of_an_unknown_disease,
    allele_at_another_base,
    gene_without_facts,
    gene_without_limit,
    limits_that_do_not_ascend,
    limit_of_an_unknown_gene,
    protein_of_another_length,
    combining_rule_that_another_takes,
    score_that_a_lower_limit_takes,
    score_without_its_limit,
    count_that_a_smaller_one_takes,
    case_that_two_rows_weigh,
    case_that_nobody_weighs,
    situation_that_no_criterion_asks,
    criterion_of_a_case_without_a_reason,
    region_that_ends_before_it_starts,
    pseudogene_that_feeds_the_observed_sex,
    exon_of_another_length,
    exon_that_does_not_exist,
    feature_outside_the_protein,
    firewall_behind_the_last_exon,
    hidden_mechanism,
    rule_beyond_the_protein,
    cap_that_would_count_twice,
    cap_without_sentence,
    overlapping_rows,
    unreachable_row,
    hole,
    misspelt_cell,
    unknown_conclusion,
    unknown_disease,
    disease_of_another_gene,
    unknown_reason,
    unknown_test,
    unknown_penetrance,
    conclusion_without_reason,
    row_name_twice,
    mechanism_without_group,
    expected_finding_of_another_mechanism,
    expected_finding_of_an_unlisted_allele,
    expected_finding_with_another_label,
    expected_result_that_no_test_has,
    expected_counts_that_contradict_their_share,
    expected_finding_twice,
    laboratory_finding_without_words,
    step_that_another_row_answers,
    step_without_words,
    step_of_an_unknown_status,
    plain_words_of_no_fact,
    plain_words_with_a_source_of_their_own,
)


@pytest.mark.parametrize("spoil", FAULTS, ids=lambda spoil: spoil.__name__)
def test_a_fault_is_told_by_file_row_and_rule(tables, spoil):
    expected = spoil(tables)
    assert tables.told() == ([expected] if isinstance(expected, str) else expected)


@pytest.mark.parametrize(
    ("name", "row", "cells", "told"),
    [
        ("laboratory_features.tsv", "IgM", {"feature": "IgQ"}, "the name of a sentence lab.IgQ"),
        ("laboratory_features.tsv", "IgM", {"dimension": ""}, "a dimension of laboratory_units.tsv"),
        ("laboratory_features.tsv", "CD40L_flow", {"needs": "hope"}, "'hope' in column needs"),
        ("laboratory_features.tsv", "CD40L_flow", {"needs_for": "green"}, "an answer of CD40L_flow"),
        ("laboratory_features.tsv", "SHM", {"answers": "absent;low;normal"}, "'SHM skewed' in column direction"),
        ("laboratory_units.tsv", "g/L", {"source": "hearsay"}, "'hearsay' in column source"),
        ("answer_words.tsv", "reduced", {"answer": "green"}, "'green' in column answer"),
        ("same_findings.tsv", "HP:0034286", {"same_as": "HP:0000057"}, "a current term of the HPO release"),
        ("telling_results.tsv", "cd40_absent", {"laboratory": "CD40_flow=green"}, "'CD40_flow=green'"),
        ("telling_results.tsv", "cd40_absent", {"disease": "HIGM9"}, "a disease of diseases.tsv"),
        ("telling_results.tsv", "cd40_absent", {"weight": "-4"}, "its sense (for)"),
        ("telling_results.tsv", "cd40_absent", {"finding": "unworded"}, "telling.unworded"),
        ("expected_findings.tsv", "NDAS", {"feature": "HP:0000057", "label": "Clitoromegaly"}, "a current term"),
    ],
)
def test_a_fault_in_what_can_be_observed_is_told(tables, name, row, cells, told):
    line = tables.change(name, row, **cells)
    said = [fault.text() for fault in observable_faults(tables.folder) if told in fault.text()]
    place = name if "direction" not in told else "laboratory_findings.tsv"
    assert said
    assert all(f"{place}:" in fault for fault in said)
    assert place != name or any(f"{place}:{line}:" in fault for fault in said)


UNWORDED = (
    "HA-KNO-006 error: headline.tsv:{line}: 'headline.nothing' in column text is not the name of a sentence in "
    f"texts.tsv. {CORRECT}"
)
UNASKED = (
    "HA-KNO-010 error: headline.tsv: No row answers carrier, established. Add a row, or widen one.\n"
    "HA-KNO-009 error: headline.tsv:{line}: The row can never be used: there is no conclusion carrier that rests on "
    "guessed. Remove it, or correct what it asks for."
)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("headline.carrier.established", "headline.nothing", UNWORDED),
        ("\tcarrier\testablished", "\tcarrier\tguessed", UNASKED),
    ],
)
def test_a_faulty_headline_is_told(old, new, expected):
    number = next(n for n, line in enumerate(HEADLINES.splitlines(), 1) if old in line)
    told = "\n".join(fault.text() for fault in headline_faults(HEADLINES.replace(old, new, 1)))
    assert told == expected.format(line=number)


def test_a_key_that_stands_twice_is_refused_at_run_time_too():
    text = "key\tvalue\tunit\tsource\tnote\na\t1\t\tsoftware\t\na\t2\t\tsoftware\t\n"
    with pytest.raises(Refused, match=r"HA-KNO-005 error: thresholds\.tsv:3: The row repeats 'a', .* line 2"):
        by_key(parse_table(text, "thresholds.tsv", Threshold), "thresholds.tsv", lambda row: row.key)


@pytest.mark.parametrize(
    ("name", "row", "cells", "told"),
    [
        ("thresholds.tsv", "points_strong", {"value": "four"}, "'four' in column value is not a number"),
        ("thresholds.tsv", "points_strong", {"value": "nan"}, "'nan' in column value is not a number"),
        ("thresholds.tsv", "min_call_depth", {"value": "-10"}, "'-10' in column value is not a number from 0 on"),
        ("thresholds.tsv", "class_likely_pathogenic_min", {"value": "12"}, "10 in column value lies outside"),
        ("thresholds.tsv", "secondary_finding_genes", {"value": "PMS3"}, "'PMS3' in column value is not a gene"),
        ("thresholds.tsv", "tests_of_children", {"value": "nothing"}, "test.nothing in texts.tsv"),
        ("sources.tsv", "NBK1402", {"url": "javascript:alert(1)"}, "an address that starts with https://"),
        ("thresholds.tsv", "sex_check_two_copies_min", {"value": "0.1"}, "0.1 in column value lies outside what is"),
        ("texts.tsv", "limits.calls", {"text": " "}, "is not a sentence"),
        ("texts.tsv", "limits.panel", {"text": "{genes.__class__}"}, "is not a plain field"),
        ("texts.tsv", "limits.panel", {"text": "{genes:>999999999}"}, "is not a plain field"),
    ],
)
def test_a_value_that_cannot_be_is_told_by_file_and_row(tables, name, row, cells, told):
    line = tables.change(name, row, **cells)
    said = [fault for fault in tables.told() if told in fault]
    # Of two rows in the wrong order the higher one is named, which is not the one changed here.
    place = f"{name}:" if row == "class_likely_pathogenic_min" else f"{name}:{line}:"
    assert [place in fault for fault in said] == [True]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"test": "horoscope"}, "'horoscope' in column test is not a next test of disease_table.tsv"),
        ({"becomes": "horoscope"}, "'horoscope' in column becomes is not the name of a sentence test.horoscope"),
        ({"when": "full_moon"}, "'full_moon' does not fit column when"),
        ({"source": "hearsay"}, "'hearsay' in column source is not a key of sources.tsv"),
    ],
)
def test_a_test_that_heeds_relatives_is_one_that_is_printed_and_worded(tables, cells, told):
    line = tables.change(FAMILY, "phase_parents", **cells)
    (said,) = [fault for fault in tables.told() if told in fault]
    assert f"{FAMILY}:{line}:" in said


def test_two_rows_on_one_test_and_condition_are_refused(tables):
    line = tables.add(FAMILY, like="phase_parents")
    assert any(f"{FAMILY}:{line}:" in fault and "HA-KNO-005" in fault for fault in tables.told())
