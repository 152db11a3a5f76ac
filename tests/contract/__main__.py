"""`python -m tests.contract` asks everything in every way and prints the table; `--write` puts it into the document."""

import sys

import pytest
from tests.contract.table import DOCUMENT, TABLE, with_table

ASKED = ("-k", "test_the_law or test_the_own_record", "tests/contract/test_contract.py")


def main() -> int:
    """The table, or what is not the same everywhere."""
    status = int(pytest.main(["-q", "--no-header", "-p", "no:cacheprovider", *ASKED]))
    if status:
        return status
    print(TABLE.markdown())
    if "--write" in sys.argv:
        DOCUMENT.write_text(with_table(DOCUMENT.read_text(encoding="utf-8"), TABLE.markdown()), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
