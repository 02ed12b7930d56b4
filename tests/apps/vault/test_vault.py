import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from zhibao.apps.organs.errors import DeedNotAllowed
from zhibao.apps.vault import access
from zhibao.apps.vault.access import access_exhibit, access_sealing
from zhibao.apps.vault.actions.add_exhibit import add_exhibit
from zhibao.apps.vault.actions.record_custody import record_custody
from zhibao.apps.vault.actions.seal_exhibits import seal_exhibits
from zhibao.apps.vault.actions.store_file import store_file
from zhibao.apps.vault.checks import vault_faults
from zhibao.apps.vault.errors import (
    ArchiveUnreadable,
    CapturedInFuture,
    CustodyBroken,
    CustodyMovedOn,
    ExhibitNotFound,
    ExhibitsOfSeveralMatters,
    FileChanged,
    LogBroken,
    NothingToSeal,
    SealingNotFound,
    TypeMismatch,
    UnknownCustodyStep,
)
from zhibao.apps.vault.models import Blob, Custody, Exhibit, LogLeaf, Sealing
from zhibao.apps.vault.queries import (
    custody_of,
    exhibits_in,
    exhibits_of,
    open_blob,
    own_exhibits,
    picture,
    sealings_of,
    sealings_with,
    verify_sealing,
)
from zhibao.apps.vault.store import files
from zhibao.apps.vault.store.custody import add_step
from zhibao.evidence.bundle import verify

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"


def stored(actor, now, content=PDF, name="现场笔录.pdf"):
    return store_file(actor=actor, stream=io.BytesIO(content), name=name, now=now)


def exhibit(actor, now, content=PDF, name="现场笔录.pdf", matter_id=None, origin="现场提取"):
    blob = stored(actor, now, content, name)
    return add_exhibit(actor=actor, matter_id=matter_id, blob=blob, name=name, origin=origin, captured_at=now, now=now)


@pytest.fixture
def open_gate():
    """A matter app that lets everybody in."""

    class Gate:
        def may_see(self, person, matter_id, *, purpose, now):
            return None

        def may_work(self, person, matter_id):
            return None

    take_back = access.set_matter_gate(Gate())
    yield
    take_back()


def test_a_file_is_stored_with_both_digests_and_its_real_type(handler, now):
    blob = stored(handler, now)
    assert blob.media_type == "application/pdf"
    assert blob.size == len(PDF)
    assert len(blob.sm3) == len(blob.sha256) == 64
    with open_blob(blob) as file:
        assert file.read() == PDF
    again = stored(handler, now + timedelta(days=1), name=b"\xcf\xd6\xb3\xa1.pdf")
    assert again.pk == blob.pk
    assert again.stored_at == now


def test_an_iterable_of_chunks_is_stored_too(handler, now):
    assert store_file(actor=handler, stream=iter([PDF[:4], PDF[4:]]), name="a.pdf", now=now).size == len(PDF)


@pytest.mark.parametrize(
    ("content", "name", "error"),
    [(b"<html></html>", "判决书.pdf", TypeMismatch), (b"PK\x03\x04broken", "a.zip", ArchiveUnreadable)],
)
def test_what_is_refused_leaves_nothing(handler, now, settings, content, name, error):
    with pytest.raises(error):
        stored(handler, now, content, name)
    assert not Blob.objects.exists()
    assert [path for path in settings.ZHIBAO_VAULT.rglob("*") if path.is_file()] == []


def test_only_handlers_and_heads_store(analyst, head, now):
    stored(head, now)
    with pytest.raises(DeedNotAllowed):
        stored(analyst, now)


def test_exhibits_of_a_matter_are_numbered_without_gaps(handler, now, open_gate):
    matter = uuid4()
    numbers = [exhibit(handler, now, matter_id=matter).number for _ in range(3)]
    assert numbers == [1, 2, 3]
    assert exhibit(handler, now).number == 1
    assert exhibit(handler, now).number == 2
    assert len(exhibits_of(matter)) == 3
    assert exhibits_in(matter) == {str(one.pk) for one in exhibits_of(matter)}
    assert [one.number for one in own_exhibits(handler)] == [1, 2]


def test_evidence_from_tomorrow_is_refused(handler, now):
    blob = stored(handler, now)
    with pytest.raises(CapturedInFuture):
        add_exhibit(
            actor=handler,
            matter_id=None,
            blob=blob,
            name="a.pdf",
            origin="",
            captured_at=now + timedelta(hours=1),
            now=now,
        )


def test_an_organ_sees_its_own_exhibits_and_others_do_not(handler, colleague, outsider, now):
    one = exhibit(handler, now)
    assert access_exhibit(colleague, one.pk, now=now) == one
    for person, key in ((outsider, one.pk), (handler, uuid4())):
        with pytest.raises(ExhibitNotFound):
            access_exhibit(person, key, now=now)


def test_without_an_app_that_knows_the_matter_nobody_sees_its_evidence(handler, now, open_gate, monkeypatch):
    one = exhibit(handler, now, matter_id=uuid4())
    assert access_exhibit(handler, one.pk, now=now) == one
    with monkeypatch.context() as patch:
        patch.setattr(access, "_gate", [])
        with pytest.raises(ExhibitNotFound):
            access_exhibit(handler, one.pk, now=now)


def test_custody_is_a_chain(handler, colleague, now):
    one = exhibit(handler, now)
    record_custody(actor=colleague, exhibit_id=one.pk, kind="viewed", now=now + timedelta(hours=1), note="核对")
    record_custody(actor=handler, exhibit_id=one.pk, kind="copied", now=now + timedelta(hours=2))
    steps = custody_of(one)
    assert [(step.seq, step.kind, step.by) for step in steps] == [
        (1, "received", handler),
        (2, "viewed", colleague),
        (3, "copied", handler),
    ]
    assert [step.prev for step in steps] == ["", steps[0].hash, steps[1].hash]


def test_an_unknown_step_is_refused_with_the_known_ones(handler, now):
    one = exhibit(handler, now)
    with pytest.raises(UnknownCustodyStep) as refused:
        record_custody(actor=handler, exhibit_id=one.pk, kind="lost", now=now)
    assert "handed-over" in refused.value.say("en")


def test_two_steps_at_once_give_one_winner(handler, now, monkeypatch):
    one = exhibit(handler, now)
    real = Custody.objects.filter

    class Stale:
        """Sees the chain as it was before the other step."""

        def order_by(self, *_):
            return self

        def first(self):
            return None

    monkeypatch.setattr(type(Custody.objects), "filter", lambda *_a, **_k: Stale())
    with pytest.raises(CustodyMovedOn):
        add_step(one, "viewed", by=handler, at=now)
    monkeypatch.undo()
    assert real(exhibit=one).count() == 1


STATEMENTS = {
    "sqlite": ["INSERT OR REPLACE INTO vault_custody SELECT * FROM vault_custody"],
    "postgresql": ["TRUNCATE vault_custody CASCADE", "TRUNCATE vault_logleaf"],
}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE vault_custody SET note = 'x'",
        "DELETE FROM vault_custody",
        "UPDATE vault_logleaf SET sha256 = 'x'",
        "DELETE FROM vault_logleaf",
        *STATEMENTS[connection.vendor],
    ],
)
def test_the_database_itself_refuses_to_change_custody_and_log(handler, now, statement):
    exhibit(handler, now)
    LogLeaf.objects.create(index=0, record=b"x", sha256="0" * 64, sm3="0" * 64, added_at=now)
    connection.check_constraints()  # PostgreSQL truncates nothing while foreign keys wait to be checked
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Custody.objects.count() == 1
    assert LogLeaf.objects.get().sha256 == "0" * 64


def test_sealed_exhibits_verify_without_us(handler, now, open_gate):
    matter = uuid4()
    seen = exhibit(handler, now, matter_id=matter)
    kept_back = exhibit(handler, now, b"%PDF-1.7 secret", "商业秘密.pdf", matter_id=matter)
    sealing = seal_exhibits(
        actor=handler,
        exhibit_ids=[seen.pk, kept_back.pk, seen.pk],
        withheld=[kept_back.pk],
        about={"matter": "M-2026-000001"},
        now=now + timedelta(hours=1),
    )
    report = verify_sealing(sealing)
    assert report.ok, [(check.name, check.says) for check in report.checks]
    with open_blob(sealing.bundle) as file:
        assert verify(file).ok
    assert [step.kind for step in custody_of(seen)] == ["received", "sealed"]
    assert sealings_of(matter) == [sealing]
    assert list(sealing.exhibits.order_by("number")) == [seen, kept_back]
    assert LogLeaf.objects.count() == sealing.tree_size > 0
    assert list(vault_faults()) == []


def test_a_second_seal_continues_the_log(handler, now):
    first = seal_exhibits(actor=handler, exhibit_ids=[exhibit(handler, now).pk], now=now)
    second = seal_exhibits(actor=handler, exhibit_ids=[exhibit(handler, now, PDF + b"2").pk], now=now)
    assert second.tree_size > first.tree_size
    assert verify_sealing(first).ok
    assert verify_sealing(second).ok
    assert [leaf.index for leaf in LogLeaf.objects.all()] == list(range(second.tree_size))


def test_nothing_and_mixtures_are_not_sealed(handler, now, open_gate):
    with pytest.raises(NothingToSeal):
        seal_exhibits(actor=handler, exhibit_ids=[], now=now)
    mixed = [exhibit(handler, now, matter_id=uuid4()).pk, exhibit(handler, now).pk]
    with pytest.raises(ExhibitsOfSeveralMatters):
        seal_exhibits(actor=handler, exhibit_ids=mixed, now=now)


@pytest.mark.parametrize("withheld", [True, False])
def test_a_changed_file_is_not_sealed_and_nothing_is_half_done(handler, now, withheld):
    one = exhibit(handler, now)
    place = files.place_of(one.blob_id)
    place.chmod(0o600)
    place.write_bytes(PDF[:-1] + b"x")
    with pytest.raises(FileChanged):
        seal_exhibits(actor=handler, exhibit_ids=[one.pk], withheld=[one.pk] if withheld else [], now=now)
    assert not Sealing.objects.exists()
    assert not LogLeaf.objects.exists()
    assert [step.kind for step in custody_of(one)] == ["received"]


def test_the_check_finds_every_kind_of_damage(handler, now):
    one = exhibit(handler, now)
    files.place_of(one.blob_id).unlink()
    Custody.objects.create(
        exhibit=one, seq=2, kind="viewed", at=now, organ=handler.organ, by=handler, prev="forged", hash="0" * 64
    )
    LogLeaf.objects.create(index=0, record=b"x", sha256="0" * 64, sm3="0" * 64, added_at=now)
    done = []
    codes = [fault.code for fault in vault_faults(progress=lambda at, total: done.append((at, total)))]
    assert codes == ["vault-file-missing", CustodyBroken.code, LogBroken.code]
    assert done == [(1, 1)]


def test_a_number_somebody_else_took_meanwhile_is_passed_over(handler, now, monkeypatch):
    blob = stored(handler, now)
    real, lost = Exhibit.save, []

    def taken(self, **more):
        if len(lost) < 3:
            lost.append(self.number)
            raise IntegrityError
        return real(self, **more)

    monkeypatch.setattr(Exhibit, "save", taken)
    given = {"actor": handler, "matter_id": None, "blob": blob, "name": "a.pdf", "origin": "x", "captured_at": now}
    assert add_exhibit(**given, now=now).number == 1
    assert lost == [1, 1, 1]
    monkeypatch.setattr(Exhibit, "save", lambda *_a, **_k: (_ for _ in ()).throw(IntegrityError))
    with pytest.raises(IntegrityError):
        add_exhibit(**given, now=now)


def test_a_seal_is_seen_by_whoever_may_see_what_was_sealed(handler, colleague, outsider, now, open_gate, monkeypatch):
    own = seal_exhibits(actor=handler, exhibit_ids=[exhibit(handler, now).pk], now=now)
    of_matter = seal_exhibits(actor=handler, exhibit_ids=[exhibit(handler, now, matter_id=uuid4()).pk], now=now)
    assert access_sealing(colleague, own.pk, now=now) == own
    assert access_sealing(outsider, of_matter.pk, now=now) == of_matter
    with monkeypatch.context() as patch:
        patch.setattr(access, "_gate", [])
        with pytest.raises(ExhibitNotFound):
            access_sealing(handler, of_matter.pk, now=now)
    for person, key in ((outsider, own.pk), (handler, uuid4())):
        with pytest.raises(SealingNotFound):
            access_sealing(person, key, now=now)


def test_a_seal_of_just_these_exhibits_is_found_again(handler, colleague, now):
    one, two = exhibit(handler, now), exhibit(handler, now, PDF + b"2")
    both = seal_exhibits(actor=handler, exhibit_ids=[one.pk, two.pk], now=now)
    assert sealings_with([two.pk, one.pk], by=handler, since=now) == [both]
    assert sealings_with([one.pk], by=handler, since=now) == []
    assert sealings_with([one.pk, two.pk], by=colleague, since=now) == []
    assert sealings_with([one.pk, two.pk], by=handler, since=now + timedelta(seconds=1)) == []


def test_a_picture_is_found_by_its_digest_and_nothing_else_is(handler, now):
    png = stored(handler, now, b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00", "图.png")
    assert picture(png.pk) == png
    assert picture(stored(handler, now).pk) is None
    assert picture("") is None


def test_a_picture_that_is_evidence_is_not_given_out_as_a_drawing(handler, now):
    png = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x01"
    kept = exhibit(handler, now, png, "现场照片.png")
    assert kept.blob.media_type == "image/png"
    assert picture(kept.blob_id) is None


def test_what_an_organ_keeps_for_itself_is_seen_by_those_who_read_its_matters(
    handler, analyst, registrar, admin, outsider, now
):
    kept = exhibit(handler, now)
    sealed = seal_exhibits(actor=handler, exhibit_ids=[kept.pk], now=now)
    assert access_exhibit(analyst, kept.pk, now=now) == kept
    assert own_exhibits(analyst) == [kept]
    for person in (registrar, admin, outsider):
        assert own_exhibits(person) == []
        with pytest.raises(ExhibitNotFound):
            access_exhibit(person, kept.pk, now=now)
        with pytest.raises(SealingNotFound):
            access_sealing(person, sealed.pk, now=now)


def test_whoever_may_see_an_exhibit_leaves_a_trace_of_it_but_takes_no_other_step(handler, analyst, now):
    kept = exhibit(handler, now)
    assert record_custody(actor=analyst, exhibit_id=kept.pk, kind="copied", now=now).seq == 2
    with pytest.raises(DeedNotAllowed):
        record_custody(actor=analyst, exhibit_id=kept.pk, kind="destroyed", now=now)
    assert [step.kind for step in custody_of(kept)] == ["received", "copied"]


def test_own_exhibits_are_narrowed_by_how_their_names_begin(handler, now):
    kept = exhibit(handler, now, name="L-2026-000001-7.pdf")
    exhibit(handler, now, name="现场笔录.pdf")
    assert own_exhibits(handler, begins="L-2026-000001-") == [kept]


def test_rows_name_themselves(handler, now):
    one = exhibit(handler, now)
    sealing = seal_exhibits(actor=handler, exhibit_ids=[one.pk], now=now)
    assert str(one) == "X-1 现场笔录.pdf"
    assert str(one.blob) == one.blob_id
    assert str(one.custody.first()) == f"{one.pk} 1 received"
    assert str(LogLeaf.objects.first()) == "0"
    assert str(sealing) == str(sealing.pk)


def test_exhibits_of_a_matter_cost_two_queries(handler, now, open_gate, django_assert_num_queries):
    matter = uuid4()
    for _ in range(4):
        exhibit(handler, now, matter_id=matter)
    with django_assert_num_queries(2):
        assert [one.custody.all()[0].by.username for one in exhibits_of(matter)] == ["handler"] * 4
    assert Exhibit.objects.count() == 4
