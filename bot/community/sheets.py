"""Words for spreadsheets: what a sheet would run as a formula is marked as text (OWASP, "CSV Injection")."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(words: str) -> str:
    """Return words as a cell that no spreadsheet runs."""
    return f"'{words}" if words.startswith(_FORMULA) else words


def plain_cell(cell: str) -> str:
    """Return the words of a cell that `safe_cell` made; any other cell stays as it is."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell
