"""Classes of every substitution near an exon, on every transcript and both builds, compared with ``bcftools csq``."""

from collections import Counter

import pytest
from oracle_alleles import near_exons, substitutions
from oracle_csq import CLASSES, classes, local, run_csq, write_inputs

from higm_annot.consequence.annotate import annotate
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build


@pytest.mark.parametrize("build", list(Build))
def test_classes_of_substitutions(build, tmp_path):
    panel, seen, wrong = load_panel(), Counter(), Counter()
    variants = [
        (gene, one)
        for gene, locus in panel.loci.items()
        for one in substitutions(locus, build, near_exons(locus, build))
    ]
    write_inputs(tmp_path, build, variants)
    run_csq(tmp_path)
    theirs = classes(tmp_path)
    for gene, one in variants:
        place = local(panel.loci[gene].slices[build], one.pos)
        for effect in annotate(panel, one).effects:
            words = theirs.get((gene, place, one.alt, effect.accession), set())
            named = {CLASSES[word] for word in words if word in CLASSES}
            ours = set(effect.terms) & set(CLASSES.values())
            seen["compared"] += bool(named)
            if named != ours:
                wrong[tuple(sorted(named)), tuple(sorted(ours))] += 1
    assert wrong == {}
    assert seen["compared"] > 110_000
