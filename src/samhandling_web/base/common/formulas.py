"""Texts that a spreadsheet might run as formulas. Plain Python."""

# What a spreadsheet takes as the start of a formula, with the full-width forms it also accepts.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
SAFE_PREFIX = "'"


def is_dangerous(text: str) -> bool:
    """Whether a spreadsheet might take the text for a formula, white space before it or not."""
    bare = text.lstrip(" \u00a0\ufeff")
    return text.startswith(FORMULA_STARTS) or bare.startswith(FORMULA_STARTS)


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return SAFE_PREFIX + text if is_dangerous(text) else text
