"""Clinical facts that reports print: which sentence belongs to which disease, conclusion, sex and context.

``facts.tsv`` says when a fact is printed and how it was obtained; its sentence and sources are the row
``fact.<name>`` of ``texts.tsv``.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Literal

from msgspec import Struct

from higm_annot.knowledge.rows import read_package_table

Topic = Literal[
    "urgent",
    "picture",
    "onset",
    "laboratory",
    "course",
    "mechanism",
    "test",
    "management",
    "transplant",
    "family",
    "plain",
    "general",
    "outside_panel",
]
FamilyWord = Literal["*", "one_parent_only", "not one_parent_only", "apparently_new", "not apparently_new"]
PICTURE: frozenset[Topic] = frozenset({"picture", "onset", "laboratory", "course"})


_ANY = ("*",)


class Fact(Struct, frozen=True):
    """When a fact is printed.

    ``disease`` blank: the fact is about the report as a whole and ``code`` is that of the headline. Elsewhere a cell
    lists what it fits, ``*`` is any value; the cells are joined by "and". ``family`` lists what must (or, with ``not``,
    must not) be known of the parents and may be told. ``status`` is how the fact was obtained.
    """

    fact: str
    topic: Topic
    disease: tuple[str, ...]
    code: tuple[str, ...]
    sex: tuple[str, ...]
    context: tuple[str, ...]
    family: tuple[FamilyWord, ...]
    status: Literal["source-read", "derived"]
    note: str

    def fits(self, *, code: str, sex: str, context: str, family: Collection[str] = ()) -> bool:
        """Whether the fact is printed for such a conclusion (or headline) in such a person.

        ``family`` is what is known of the parents and may be told.
        """
        return (
            (code in self.code or self.code == _ANY)
            and (sex in self.sex or self.sex == _ANY)
            and (context in self.context or self.context == _ANY)
            and all(
                (word.removeprefix("not ") in family) is not word.startswith("not ")
                for word in self.family
                if word != "*"
            )
        )


@cache
def facts() -> tuple[Fact, ...]:
    """All facts in the order in which they are printed within a topic."""
    return read_package_table("facts.tsv", Fact)


@cache
def facts_of(disease: str) -> tuple[Fact, ...]:
    """Facts of one disease, or with ``""`` those about a report as a whole."""
    wanted = (lambda cell: not cell) if not disease else (lambda cell: disease in cell or cell == ("*",))
    return tuple(fact for fact in facts() if wanted(fact.disease))
