"""Markup in a VCF, a sheet and a letterhead, all the way to the pages: it stays words."""

import json
from html.parser import HTMLParser

import pytest

from higm_annot.cli import main

EVIL = "<script>alert(1)</script><img/src=x/onerror=alert(2)>'\"{{7*7}}</style></title>"
HARMLESS = "a-harmless-remark"

VCF = """\
##fileformat=VCFv4.3
##source={word}
##contig=<ID=chr20,length=64444167,assembly=GRCh38>
##contig=<ID=chrX,length=156040895,assembly=GRCh38>
##INFO=<ID=NOTE,Number=1,Type=String,Description="{quoted}">
##FILTER=<ID={word},Description="{quoted}">
##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">
##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Reads">
##FORMAT=<ID=DP,Number=1,Type=Integer,Description="Depth">
##FORMAT=<ID=GQ,Number=1,Type=Integer,Description="Quality">
##FORMAT=<ID=PGT,Number=1,Type=String,Description="Phase">
##FORMAT=<ID=PID,Number=1,Type=String,Description="Phase">
#CHROM	POS	ID	REF	ALT	QUAL	FILTER	INFO	FORMAT	{word}
chr20	46118343	{word}	T	C	500	{word}	NOTE={word}	GT:AD:DP:GQ:PGT:PID	0/1:18,20:38:99:0|1:{word}
chrX	136654423	{word}	GC	G	500	{word}	NOTE={word};CSQ={word}	GT:AD:DP:GQ:PGT:PID	1:0,38:38:99:.:.
chrX	136654500	{word}	G	<{inner}>	500	PASS	NOTE={word}	GT:AD:DP:GQ:PGT:PID	1:0,38:38:99:.:.
"""


class Structure(HTMLParser):
    """Elements of a page in order, with the names of their attributes."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, tuple(name for name, _ in attrs)))


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """The same run twice, with words and with markup wherever an input may say something."""
    found = {}
    for name, word in (("evil", EVIL), ("harmless", HARMLESS)):
        folder = tmp_path_factory.mktemp(name)
        quoted, inner = word.replace('"', "''"), word.replace("<", "").replace(">", "")
        (folder / "one.vcf").write_text(VCF.format(word=word, quoted=quoted, inner=inner))
        (folder / "lab.json").write_text(json.dumps({"name": word, "address": [word], "disclaimer": word}))
        sheet = {
            "sample": "P-1", "vcf": "one.vcf", "vcf_sample": word, "sex": "male", "affected": "yes", "indication": word,
            "family": word if name == "harmless" else "a&b<i>",
        }  # fmt: skip
        cells = "\n".join("\t".join(row) for row in (sheet.keys(), sheet.values()))
        (folder / "samples.tsv").write_text(cells + "\n", encoding="utf-8")
        run = ["run", "--samples", str(folder / "samples.tsv"), "--lab", str(folder / "lab.json")]
        assert main([*run, "--out", str(folder / "out")]) == 0
        found[name] = folder / "out"
    return found


@pytest.mark.parametrize("page", ["reports/P-1.html", "index.html"])
def test_no_element_and_no_attribute_comes_from_an_input(runs, page):
    evil, harmless = (Structure((runs[name] / page).read_text(encoding="utf-8")).found for name in ("evil", "harmless"))
    assert evil == harmless


def test_what_an_input_says_is_on_the_page_as_words(runs):
    page = (runs["evil"] / "reports" / "P-1.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script" not in page
    assert "onerror=alert(2)>" not in page
    assert "{{7*7}}" in page


def test_the_result_is_the_same_whatever_else_the_file_says(runs):
    evil, harmless = (json.loads((out / "reports" / "P-1.json").read_text())["headline"] for out in runs.values())
    assert (evil["code"], evil["text"]) == (harmless["code"], harmless["text"])
