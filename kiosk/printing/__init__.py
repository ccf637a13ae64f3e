"""Ticket and words become a page for the printer.

A print job keeps `slip.PaperFacts` (no name, no personal number). With the catalogue and the words of a language they
become a slip, which holds every line as the paper will say it; `painter.SlipPainter` draws the slip as one black and
white picture, because Vietnamese code pages fail in the field, and writes the same lines as unaccented ASCII for a
printer that cannot draw. Nothing here knows a printer: the result is a `drivers.readings.Page`.

``fonts`` finds the typeface; ``typeset`` sets lines of text; ``blocks`` are the parts of a page, stacked from the top;
``ticket_page``, ``spare_page`` and ``check_page`` say which blocks a paper has; ``plain_text`` is the ASCII form;
``raster`` packs the bits.
"""
