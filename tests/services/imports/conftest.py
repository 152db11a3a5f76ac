"""An empty demo area, and the import of rows into it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.services.imports.files import AREA, Rows, write


@pytest.fixture
def area(db: None) -> str:
    from yibao.books.areas.models import Area  # not before Django is set up

    del db
    Area.objects.create(code=AREA, is_demo=True)
    return AREA


@pytest.fixture
def bring(area: str, tmp_path: Path) -> Callable[..., Any]:
    """Imports rows; gives the report, or the refusal."""

    def bring_in(kind: str, header: Sequence[str], rows: Rows, **options: Any) -> Any:
        from yibao.services.imports import import_file
        from yibao.services.results import Refused

        result = import_file(kind, write(tmp_path / f"{kind}.csv", header, rows), area, **options)
        return result if isinstance(result, Refused) else result.value

    return bring_in
