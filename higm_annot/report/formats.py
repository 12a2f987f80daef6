"""The forms in which a report can be written beside its JSON.

Here and not beside the renderers, because the command line names them before anything else is loaded.
"""

from __future__ import annotations

PDF = "pdf"  # by an extra that may not be there
FORMATS = ("html", "tsv", "phenopacket", "fhir", "vcf", PDF)
USUAL = ("html", "tsv")  # what is written unless asked otherwise
_ENDINGS = {"vcf": "higm.vcf"}  # a form is replaced without a question, and <sample>.vcf may be somebody's input


def ending(name: str) -> str:
    """What follows a sample's name and a dot in the file of a form; ``json`` for the document itself."""
    return _ENDINGS.get(name, name)
