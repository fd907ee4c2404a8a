"""Texts that often stand for "no value". In columns of numbers and times they mean missing; in texts they are kept."""

MISSING_TEXTS = frozenset(
    {
        "NA", "N/A", "n/a", "na", "NaN", "nan", "NAN", "null", "NULL", "Null", "None", "none", "NONE", "nil", "-", "--", "---",
        "?", ".", "..", "#N/A", "#NA", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!", "\\N", "<NA>", "NaT", "missing",
        "Missing", "결측", "없음", "측정불가",
    }
)  # fmt: skip
