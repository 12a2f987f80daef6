"""The forms in which a report can be written beside its JSON.

Here and not beside the renderers, because the command line names them before anything else is loaded.
"""

from __future__ import annotations

PDF = "pdf"  # by an extra that may not be there
BCF = "bcf"
FORMATS = ("html", "family", "tsv", "phenopacket", "fhir", "vcf", BCF, PDF)
BINARY = frozenset({BCF, PDF})  # each says what another form says in text
USUAL = ("html", "tsv")  # what is written unless asked otherwise
# A form is replaced without a question, and <sample>.vcf may be somebody's input. No other form ends in .htm, so that
# no sample's name can make its page look like another's family page.
_ENDINGS = {"vcf": "higm.vcf", BCF: "higm.bcf", "family": "family.htm"}


def ending(name: str) -> str:
    """What follows a sample's name and a dot in the file of a form; ``json`` for the document itself."""
    return _ENDINGS.get(name, name)
