"""Sequence arithmetic: complement, codons, translation (standard nuclear code)."""

from __future__ import annotations

COMPLEMENT = str.maketrans("ACGTRYKMBVDHNacgtrykmbvdhn", "TGCAYRMKVBHDNtgcayrmkvbhdn")  # IUPAC; S and W are their own
BASES = "TCAG"
AMINO_ACIDS = "FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG"
CODONS = {
    first + second + third: AMINO_ACIDS[16 * i + 4 * j + k]
    for i, first in enumerate(BASES)
    for j, second in enumerate(BASES)
    for k, third in enumerate(BASES)
}
UNKNOWN = "X"
THREE_LETTERS = {
    "A": "Ala", "R": "Arg", "N": "Asn", "D": "Asp", "C": "Cys", "Q": "Gln", "E": "Glu", "G": "Gly",
    "H": "His", "I": "Ile", "L": "Leu", "K": "Lys", "M": "Met", "F": "Phe", "P": "Pro", "S": "Ser",
    "T": "Thr", "W": "Trp", "Y": "Tyr", "V": "Val", "*": "Ter", UNKNOWN: "Xaa",
}  # fmt: skip


def reverse_complement(sequence: str) -> str:
    """The other strand, read in its own direction."""
    return sequence.translate(COMPLEMENT)[::-1]


def translate(sequence: str) -> str:
    """Amino acids (one letter) of whole codons; a codon with anything but A, C, G, T is ``X``."""
    return "".join(CODONS.get(sequence[i : i + 3], UNKNOWN) for i in range(0, len(sequence) - 2, 3))


def translate_to_stop(sequence: str) -> str:
    """Like :func:`translate`, ending with the first ``*``; without one the sequence ran out."""
    letters = []
    for i in range(0, len(sequence) - 2, 3):
        letter = CODONS.get(sequence[i : i + 3], UNKNOWN)
        letters.append(letter)
        if letter == "*":
            break
    return "".join(letters)


def three_letters(sequence: str) -> str:
    """``RK*`` as ``ArgLysTer``."""
    return "".join(THREE_LETTERS[letter] for letter in sequence)
