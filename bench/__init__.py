"""Benchmarks: each module measures one thing and leaves its figures in ``build/bench``."""
