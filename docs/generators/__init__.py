"""The pages that are drawn from the program: one module a page, each with ``page() -> str``."""
