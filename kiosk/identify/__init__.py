"""From readings to an identity: codes in pictures, documents in codes, numbers from the pad. Pure; nothing is kept.

::

    picture ──qr.QrReader──▶ bytes ──documents.read_payload──▶ Document ──documents.summary──▶ Summary
                                    ▲
    scanner, pad, command line ─────┘

Everything that arrives is hostile until it was parsed: size, encoding and characters are checked before the content.
Reasons of refusal name the kind, the place and the length of what was read, never its content.
"""
