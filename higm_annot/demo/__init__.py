"""Demonstration people: VCFs made from the embedded reference and sourced facts, byte for byte the same each time."""
