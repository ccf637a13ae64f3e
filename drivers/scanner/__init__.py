"""Scanners: on a serial line, as a keyboard, and one whose codes are written by hand."""
