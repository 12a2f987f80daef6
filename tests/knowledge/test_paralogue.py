"""The firewall stands exactly where it should, in both builds."""

import pytest

from higm_annot.knowledge.paralogue import paralogue_at
from higm_annot.reference.store import load_panel
from higm_annot.reference.types import Build, Contig, Gene

# contig, GRCh38 start-end, GRCh37 start-end, firewalled. Exon bounds from the published MANE exon tables.
CASES = [
    ("7", 5991973, 5992057, 6031604, 6031688, True),  # PMS2 exon 9
    ("7", 5991953, 5991953, 6031584, 6031584, True),  # last flank base after exon 9
    ("7", 5991952, 5991952, 6031583, 6031583, False),  # one further
    ("7", 5992077, 5992077, 6031708, 6031708, True),
    ("7", 5992078, 5992078, 6031709, 6031709, False),
    ("7", 5989800, 5989955, 6029431, 6029586, False),  # exon 10 is unique
    ("7", 5995534, 5995633, 6035165, 6035264, False),  # exon 8 is unique
    ("7", 5986763, 5986763, 6026394, 6026394, True),  # c.2002, exon 11
    ("7", 5987640, 5987640, 6027271, 6027271, True),  # flank before exon 11
    ("7", 5987641, 5987641, 6027272, 6027272, False),
    ("7", 5984000, 5984000, 6023631, 6023631, True),  # intron 11
    ("7", 5971300, 5971300, 6010931, 6010931, True),  # 3'UTR
    ("7", 5987641, 5991952, 6027272, 6031583, False),  # the whole unique stretch between
    ("7", 5980000, 6000000, 6019631, 6039631, True),  # an interval that only touches
    ("X", 154551988, 154552189, 153780203, 153780404, False),  # IKBKG exon 2
    ("X", 154556165, 154556376, 153784380, 153784591, True),  # exon 3
    ("X", 154564319, 154565033, 153792534, 153793248, True),  # exon 10 with 3'UTR
    ("X", 154557000, 154557000, 153785215, 153785215, True),  # intron 3
    ("X", 154555900, 154555900, 153784115, 153784115, True),  # intron 2 inside the homology block
    ("X", 136654423, 136654423, 135736582, 135736582, False),  # CD40LG
]


@pytest.mark.parametrize(("contig", "start38", "end38", "start37", "end37", "hard"), CASES)
def test_firewall(contig, start38, end38, start37, end37, hard):
    for build, start, end in ((Build.GRCH38, start38, end38), (Build.GRCH37, start37, end37)):
        hit = paralogue_at(load_panel(), build, Contig(contig), start, end)
        assert (hit is not None and hit.level == "hard") is hard, build
        if hit is not None:
            assert hit.gene is (Gene.PMS2 if contig == "7" else Gene.IKBKG)
            assert hit.source


def test_the_homology_block_has_its_stated_bounds():
    for position, hard in ((154555499, False), (154555500, True), (154569900, True), (154569901, False)):
        hit = paralogue_at(load_panel(), Build.GRCH38, Contig.CHRX, position, position)
        assert (hit is not None) is hard, position


def test_other_genes_have_no_firewall():
    panel = load_panel()
    for gene in (Gene.CD40LG, Gene.CD40, Gene.AICDA, Gene.UNG):
        for build in Build:
            piece = panel.loci[gene].slices[build]
            assert paralogue_at(panel, build, piece.contig, piece.start, piece.end) is None
