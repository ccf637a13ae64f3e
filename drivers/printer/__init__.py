"""Printers: ESC/POS over four kinds of cable, and one that leaves pictures in a folder.

`escpos` holds the conversation (status before, page, confirmation after), `commands` and `answers` the bytes of either
direction, `transport` the cable as non-blocking reads and writes; one small module a cable.
"""
