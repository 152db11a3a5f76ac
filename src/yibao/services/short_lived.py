"""Where does Django keep what is needed again within minutes? In the database, so that every process finds it.

allauth puts authorization codes and used second-factor codes into Django's cache. In the memory of one process another
would not find them: a code could not be redeemed, or be used twice. Here a value lies sealed, under a blind index of
its name; within a transaction reading locks it, so that of two who redeem one code at once the second finds none.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection, transaction
from django.utils import timezone

from yibao.books.consents.models import ShortLived
from yibao.services.sealing import SealBroken, blind_index, seal, unseal

FOR_EVER = timedelta(days=3650)


class SharedCache(BaseCache):  # type: ignore[misc]  # Django is untyped
    """Django's cache, in the database and sealed; values are JSON."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def _row(self, key: str, version: int | None) -> bytes:
        return blind_index(self.make_key(key, version=version), what="short_lived")

    def _until(self, timeout: Any) -> Any:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return timezone.now() + (FOR_EVER if seconds is None else timedelta(seconds=seconds))

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """What is kept under a name, or the default."""
        rows = ShortLived.objects.filter(key=self._row(key, version), until__gt=timezone.now())
        row = (rows.select_for_update() if connection.in_atomic_block else rows).first()
        if row is None:
            return default
        try:
            return json.loads(unseal(bytes(row.value_sealed), what="short_lived"))
        except SealBroken:
            return default

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep a value, above one that is there."""
        held = {"value_sealed": seal(json.dumps(value), what="short_lived"), "until": self._until(timeout)}
        ShortLived.objects.update_or_create(key=self._row(key, version), defaults=held)

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep a value unless one is there; of several at once, one does."""
        row, sealed = self._row(key, version), seal(json.dumps(value), what="short_lived")
        with transaction.atomic():
            ShortLived.objects.filter(key=row, until__lte=timezone.now()).delete()
            made = ShortLived(key=row, value_sealed=sealed, until=self._until(timeout))
            ShortLived.objects.bulk_create([made], ignore_conflicts=True)
            return bytes(ShortLived.objects.values_list("value_sealed", flat=True).get(key=row)) == sealed

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep it longer."""
        rows = ShortLived.objects.filter(key=self._row(key, version), until__gt=timezone.now())
        return bool(rows.update(until=self._until(timeout)))

    def delete(self, key: str, version: int | None = None) -> bool:
        """Let it go."""
        return bool(ShortLived.objects.filter(key=self._row(key, version)).delete()[0])

    def clear(self) -> None:
        """Let everything go."""
        ShortLived.objects.all().delete()
