"""Whose account is whose: one person each, with consent, ended by either side; no table can be read."""

from importlib import import_module
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


@pytest.fixture
def bindings() -> Any:
    return import_module("yibao.services.bindings")


@pytest.fixture
def two() -> Any:
    """Two people, and as whom each asks."""
    people = import_module("tests.services.records.agency").opened()
    users = import_module("yibao.books.access.models").User.objects
    actor = import_module("yibao.services.permissions").Actor
    return [actor("self", users.create_user(person=one).pk, one.id) for one in (people.worker, people.retiree)]


def code(result: Any) -> str:
    return str(getattr(result, "code", ""))


def test_bound_found_and_ended(bindings: Any, two: Any) -> None:
    me, _ = two
    made = bindings.bind(me, "wechat", "o-1", consent=True).value
    assert bindings.bound("wechat", "o-1").person_id == me.person_id
    assert bindings.bound("alipay", "o-1") is None
    assert bindings.actor_of(made) == me
    assert [one.identity for one in bindings.of_person(me.person_id, "wechat")] == ["o-1"]
    assert bindings.bind(me, "wechat", "o-1", consent=True).value.id == made.id
    bindings.end(me, made.id)
    assert bindings.bound("wechat", "o-1") is None
    assert bindings.mine(me).value == ()
    assert code(bindings.end(me, made.id)) == "not_found"


def test_no_consent_no_binding(bindings: Any, two: Any) -> None:
    assert code(bindings.bind(two[0], "wechat", "o-1", consent=False)) == "consent_missing"
    assert bindings.bound("wechat", "o-1") is None


def test_one_account_one_person(bindings: Any, two: Any) -> None:
    me, other = two
    bindings.bind(me, "wechat", "o-1", consent=True)
    assert code(bindings.bind(other, "wechat", "o-1", consent=True)) == "bound_to_another"
    assert code(bindings.bind(me, "wechat", "o-2", consent=True)) == "bound_already"
    assert bindings.bind(me, "alipay", "2088", consent=True).value.channel_name == "支付宝"
    bindings.left("wechat", "o-1")
    assert bindings.bind(other, "wechat", "o-1", consent=True).value.person_id == other.person_id


def test_nobody_ends_anothers(bindings: Any, two: Any) -> None:
    me, other = two
    made = bindings.bind(me, "wechat", "o-1", consent=True).value
    assert code(bindings.end(other, made.id)) == "not_found"
    assert code(bindings.end(me, uuid4())) == "not_found"
    assert bindings.mine(other).value == ()
    assert bindings.bound("wechat", "o-1") is not None


@pytest.mark.parametrize("kind", ["staff", "app"])
def test_only_the_person_binds_and_sees(bindings: Any, two: Any, kind: str) -> None:
    me, _ = two
    somebody = import_module("yibao.services.permissions").Actor(kind, me.user_id, me.person_id, ("110000",))
    made = bindings.bind(me, "wechat", "o-1", consent=True).value
    for refused in (
        bindings.bind(somebody, "wechat", "o-2", consent=True),
        bindings.mine(somebody),
        bindings.end(somebody, made.id),
    ):
        assert code(refused) == "not_found"


def test_who_may_not_sign_in_is_not_known_by_an_account(bindings: Any, two: Any) -> None:
    bindings.bind(two[0], "wechat", "o-1", consent=True)
    import_module("yibao.books.access.models").User.objects.filter(pk=two[0].user_id).update(is_active=False)
    assert bindings.bound("wechat", "o-1") is None


def test_the_table_cannot_be_read_and_forgets(bindings: Any, two: Any) -> None:
    made = bindings.bind(two[0], "wechat", "o-readable", consent=True).value

    def row() -> Any:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT identity_sealed, identity_index, ended FROM bindings_binding WHERE id = %s", [made.id]
            )
            return cursor.fetchone()

    sealed, index, _ = row()
    assert b"o-readable" not in bytes(sealed) + bytes(index)
    bindings.end(two[0], made.id)
    assert row() == (None, None, "by_person")
