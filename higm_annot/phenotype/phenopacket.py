"""A GA4GH phenopacket, version 2, as JSON: what of it tells of the phenotype.

Read are the subject, phenotypic features (present or excluded, with the age of onset), measurements with their
reference range, and medical actions as far as they give immunoglobulin or stem cells. Diagnoses, variants and files
are not: the comparison would then rest on its own result.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import msgspec
from msgspec import Struct

from higm_annot.intake.text_file import shown
from higm_annot.intake.types import Person, Sex
from higm_annot.knowledge.observable import lab_features
from higm_annot.knowledge.tables import words
from higm_annot.phenotype.types import Dossier, Given
from higm_annot.problems import Problem, Refused, problem

VERSIONS = ("2", "2.0", "2.0.0", "2.0.1", "2.0.2")
_SEXES = {"MALE": Sex.MALE, "FEMALE": Sex.FEMALE}
_LOINC = "LOINC:"
_SNAKE = re.compile(r"_([a-z0-9])")


class _Class(Struct, frozen=True, rename="camel"):
    id: str = ""
    label: str = ""


class _Age(Struct, frozen=True, rename="camel"):
    iso8601duration: str = ""


class _AgeRange(Struct, frozen=True, rename="camel"):
    start: _Age = _Age()


class _Time(Struct, frozen=True, rename="camel"):
    age: _Age = _Age()
    age_range: _AgeRange = _AgeRange()

    @property
    def told(self) -> str:
        return (self.age.iso8601duration or self.age_range.start.iso8601duration).strip()


class _Subject(Struct, frozen=True, rename="camel"):
    id: str = ""
    alternate_ids: tuple[str, ...] = ()
    sex: str = ""
    time_at_last_encounter: _Time = _Time()


class _Feature(Struct, frozen=True, rename="camel"):
    type: _Class = _Class()
    excluded: bool = False
    onset: _Time = _Time()


class _Range(Struct, frozen=True, rename="camel"):
    # Protocol buffers leave a zero out of their JSON, so that a missing limit is one of zero.
    unit: _Class = _Class()
    low: float | str = 0.0
    high: float | str = 0.0


class _Quantity(Struct, frozen=True, rename="camel"):
    unit: _Class = _Class()
    value: float | str = 0.0
    reference_range: _Range | None = None


class _Value(Struct, frozen=True, rename="camel"):
    quantity: _Quantity | None = None
    ontology_class: _Class = _Class()


class _Measurement(Struct, frozen=True, rename="camel"):
    assay: _Class = _Class()
    value: _Value = _Value()
    time_observed: _Time = _Time()


class _Treatment(Struct, frozen=True, rename="camel"):
    agent: _Class = _Class()


class _Procedure(Struct, frozen=True, rename="camel"):
    code: _Class = _Class()


class _Action(Struct, frozen=True, rename="camel"):
    treatment: _Treatment = _Treatment()
    procedure: _Procedure = _Procedure()


class _Meta(Struct, frozen=True, rename="camel"):
    phenopacket_schema_version: str = ""


class _Packet(Struct, frozen=True, rename="camel"):
    subject: _Subject
    phenotypic_features: tuple[_Feature, ...] = ()
    measurements: tuple[_Measurement, ...] = ()
    medical_actions: tuple[_Action, ...] = ()
    meta_data: _Meta = _Meta()


def read_phenopacket(text: str, person: Person) -> Dossier:
    """What a phenopacket says of this person.

    Raises
    ------
    Refused
        When it is none (HA-PHE-020), of another version (HA-PHE-021), about another subject (HA-PHE-022), or
        contradicts the sheet in what decides whose blood was tested (HA-PHE-023, HA-PHE-025).
    """
    file = person.phenotype
    try:
        packet = msgspec.convert(_spelled_alike(msgspec.json.decode(text)), type=_Packet)
    except (msgspec.MsgspecError, RecursionError) as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else _reason(str(error))
        raise Refused(problem("HA-PHE-020", file=file, reason=reason)) from None
    version = packet.meta_data.phenopacket_schema_version
    if version not in VERSIONS:
        raise Refused(problem("HA-PHE-021", file=file, version=shown(version)))
    subject = packet.subject
    if person.sample not in (subject.id, *subject.alternate_ids):
        raise Refused(problem("HA-PHE-022", file=file))
    stated = _SEXES.get(subject.sex, Sex.UNKNOWN)
    if Sex.UNKNOWN not in (stated, person.sex) and stated is not person.sex:
        raise Refused(problem("HA-PHE-023", file=file, stated=stated, declared=person.sex))
    actions = [
        one.label for action in packet.medical_actions for one in (action.treatment.agent, action.procedure.code)
    ]
    codes = [action.treatment.agent.id for action in packet.medical_actions]
    if person.prior_hsct != "yes" and _names(actions, "actions_transplantation"):
        raise Refused(problem("HA-PHE-025", file=file))
    problems: list[Problem] = []
    rows = [Given(one.type.id, age=one.onset.told, excluded=one.excluded) for one in packet.phenotypic_features]
    for measured in packet.measurements:
        row = _row(measured)
        if row is None:
            told = shown(measured.assay.label or measured.assay.id)
            problems.append(problem("HA-PHE-024", file=file, value=told))
        else:
            rows.append(row)
    return Dossier(
        tuple(rows),
        replacement=_names((*actions, *codes), "actions_immunoglobulin"),
        age=subject.time_at_last_encounter.told,
        problems=tuple(problems),
    )


def _spelled_alike(value: object) -> object:
    """The document with its fields in one spelling: the JSON of protocol buffers may write ``medical_actions`` too.

    A field that is null is one that was not given.
    """
    if isinstance(value, dict):
        return {
            _SNAKE.sub(lambda found: found[1].upper(), str(name)): _spelled_alike(one)
            for name, one in value.items()
            if one is not None
        }
    return [_spelled_alike(one) for one in value] if isinstance(value, list) else value


def _row(measured: _Measurement) -> Given | None:
    """A measurement as a line; None where its assay or its value is not one that is read."""
    names = _assays()
    feature = names.get(measured.assay.id.casefold()) or names.get(measured.assay.label.casefold())
    if feature is None:
        return None
    age, quantity = measured.time_observed.told, measured.value.quantity
    if quantity is None:
        answer = measured.value.ontology_class.label
        return Given(feature, value=answer, age=age) if answer else None
    unit, interval = _unit(quantity.unit), quantity.reference_range
    if interval is not None and _unit(interval.unit) not in ("", unit):
        interval = None  # limits in another unit than the value are not its interval
    return Given(
        feature,
        value=_number(quantity.value),
        unit=unit,
        low=_number(interval.low) if interval else "",
        high=_number(interval.high) if interval else "",
        age=age,
    )


@cache
def _assays() -> Mapping[str, str]:
    """Laboratory findings by LOINC code and by their own name, folded."""
    found = {}
    for feature, row in lab_features().items():
        found[feature.casefold()] = feature
        found |= {f"{_LOINC}{code}".casefold(): feature for code in row.loinc}
    return found


def _unit(told: _Class) -> str:
    """A unit by its UCUM code, or as labelled."""
    return told.id.rpartition("UCUM:")[2] if "UCUM:" in told.id else told.label or told.id


def _number(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:.12g}"


def _names(told: Iterable[str], row: str) -> bool:
    """Whether one of the words of a threshold row stands in a label."""
    wanted: Sequence[str] = [word.casefold() for word in words(row)]
    return any(word in one.casefold() for one in told for word in wanted)


def _reason(message: str) -> str:
    """What the reader of JSON says, without what stands in the file."""
    return message.partition("\n")[0].rstrip(".")
