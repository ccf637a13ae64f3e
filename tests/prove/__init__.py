"""Proofs: real processes, real faults, bounded and seeded. `make prove` runs them long, `make test` shortly."""
