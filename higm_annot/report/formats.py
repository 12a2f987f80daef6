"""The forms in which a report can be written beside its JSON; each is the suffix of its files.

Here and not beside the renderers, because the command line names them before anything else is loaded.
"""

from __future__ import annotations

FORMATS = ("html", "tsv", "phenopacket", "fhir", "vcf")
USUAL = ("html", "tsv")  # what is written unless asked otherwise
