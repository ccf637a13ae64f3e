"""The kit. A screen composes *marks* (painted, for reading) and *keys* (widgets, for pressing).

How a screen is made (see `kiosk.ui.screens.screen.Screen` and ``screens/who.py``)::

    class WhoScreen(Screen):
        def compose(self) -> None:
            body = self.body(WhoBody)
            area = self.question(self.say("who.title"), self.say("who.help"))   # answers' QRectF below the question
            self.words("Hộ tịch", rect, "tile", colour="ink", lines=2)          # painted text, never clipped
            self.icon("clock", rect, "accent")
            self.panel(rect, fill="accent_tint", radius=24)
            self.key(Action.WAY_CARD, rect, LabelFace("Quét thẻ", icon="scan"))     # a Key named "way_card:"

``compose`` is called whole at each change (view, size, theme, language); keys are kept by their name, so that a finger
that is down on one stays down. Sizes are pixels of the reference panel through ``self.u``.

* `text`: `TextStyle`, `lay_out`, `Laid` — words broken between words, shrunk a step when too wide.
* `marks`: `WordsMark`, `Drawing`, `Panel`, `Rule`, `QrMark`, `Motif`, `TicketCard`.
* `key`: `Key` — whatever can be pressed; ``objectName`` is ``action:value``.
* `faces`, `tile_face`, `choice_face`: what stands on a key — `LabelFace`, `WayFace`, `FigureFace`,
  `TileFace`, `ChoiceFace`.
* `bars`: the marks of the frame (`top_bar`, `steps`, `quiet_line`, `trial_banner`, `chip`); `bottom_bar`: its keys;
  `time_line`: `TimeLine`; `dialog`: `StillThere`.
"""
