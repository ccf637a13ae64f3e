"""The rules of the queue, in the words of the field and with nothing but the standard library.

Everything here is a pure function or a frozen dataclass: time, randomness and place are arguments. Both the kiosk and
central stand on these rules, so that a number, a state or a message means the same thing on paper, screen and server.
"""
