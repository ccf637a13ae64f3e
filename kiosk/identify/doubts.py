"""What may be odd about a document or a number. A doubt is a word for staff or a question, never a refusal."""

from enum import StrEnum


class Doubt(StrEnum):
    """Stable names; commands print them under ``warnings``, screens turn them into words."""

    BIRTH_MISMATCH = "birth_mismatch"  # the number's century or year is not the birth date's
    GENDER_MISMATCH = "gender_mismatch"  # the number's sex is not the document's
    GENDER_UNKNOWN = "gender_unknown"
    BIRTH_YEAR_ONLY = "birth_year_only"  # ask about priority, do not compute it
    BIRTH_UNKNOWN = "birth_unknown"
    CENTURY_GUESSED = "century_guessed"  # two-digit year, both centuries possible
    CUT_PAYLOAD = "cut_payload"  # nothing after the address
    UNUSUAL_LAYOUT = "unusual_layout"  # a count of fields that no known card has
    NAME_UNREAD = "name_unread"
    ADDRESS_UNREAD = "address_unread"
    DATE_UNREAD = "date_unread"  # a date other than birth
    # what a typed number may be odd about (`models.person.NumberDoubt`)
    SAME_DIGITS = "same_digits"
    UNKNOWN_PROVINCE = "unknown_province"
    BIRTH_TO_COME = "birth_to_come"
    UNKNOWN_BENEFIT = "unknown_benefit"
