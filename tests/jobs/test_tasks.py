"""Each task does its work once, and doing it twice changes nothing more."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories
from zhibao.apps.cases.actions.open_matter import open_matter
from zhibao.apps.cases.models import ClockRow
from zhibao.apps.register.columns import ROW_HEAD
from zhibao.apps.register.models import ImportRun, Right
from zhibao.apps.vault.actions.add_exhibit import add_exhibit
from zhibao.apps.vault.actions.store_file import store_file
from zhibao.apps.vault.models import Sealing
from zhibao.apps.watch.actions.make_feed import make_feed
from zhibao.apps.watch.actions.take_listings import take_listings
from zhibao.apps.watch.incoming import IncomingListing
from zhibao.apps.watch.models import Lead
from zhibao.apps.work import store
from zhibao.apps.work.actions.count_sending import count_sending
from zhibao.apps.work.errors import UploadGone
from zhibao.apps.work.kinds import KINDS
from zhibao.apps.work.models import Job
from zhibao.apps.work.uploads import drop_upload, keep_upload, open_upload
from zhibao.jobs.errors import NobodyAsked
from zhibao.jobs.registry import TASKS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folders(settings, tmp_path):
    settings.ZHIBAO_VAULT, settings.ZHIBAO_KEYS, settings.HOME = tmp_path / "vault", tmp_path / "keys", tmp_path


class Hand:
    """What a task is given, without a queue."""

    def __init__(self, data, asked_by=None):
        self.data, self.asked_by = data, asked_by
        self.asked_at = timezone.now()
        self.steps = []

    @property
    def now(self):
        return timezone.now()

    def advance(self, done, total=None):
        self.steps.append((done, total))


def test_every_kind_of_job_has_its_task():
    assert set(TASKS) == set(KINDS)


@pytest.mark.parametrize("kind", ["import-file", "mend-file", "seal"])
def test_what_acts_for_a_person_needs_one(kind):
    with pytest.raises(NobodyAsked):
        TASKS[kind](Hand({}))


def test_a_feed_or_all_feeds_are_screened_once(analyst):
    factories.make_right()
    now = timezone.now()
    for feed in ("one", "two"):
        make_feed(actor=analyst, id=feed, name_zh=feed, name_en=feed, now=now)
        row = IncomingListing(external_id="1", title="正品青釉坊茶杯", shop=feed, place="360202")
        take_listings(actor=analyst, feed=feed, rows=[row], now=now)
    told = TASKS["screen-feed"](Hand({"feed": "one"}, analyst))
    assert told == {"one": {"listings": 1, "hits": 1, "leads": 1}}
    hand = Hand({})
    assert TASKS["screen-feed"](hand) == {
        "one": {"listings": 0, "hits": 0, "leads": 0},
        "two": {"listings": 1, "hits": 1, "leads": 1},
    }
    assert hand.steps
    assert Lead.objects.count() == 2


def test_a_file_is_brought_in_and_its_upload_dropped(registrar):
    upload = keep_upload([b"\xef\xbb\xbf", "注册号,商标,权利人\n70000001,云岭,九江云岭茶业有限公司\n".encode()])
    data = {"upload": upload, "name": "a.csv", "kind": "trademark"}
    told = TASKS["import-file"](Hand(data, registrar))
    assert (told["made"], told["bad"], told["run"]) == (1, 0, str(ImportRun.objects.get().pk))
    assert Right.objects.get().name == "云岭"
    with pytest.raises(UploadGone):
        TASKS["import-file"](Hand(data, registrar))


def test_mended_rows_are_taken_and_taking_them_again_changes_nothing(registrar):
    bad = "注册号,商标,权利人,注册日期\n1,云岭,九江云岭茶业有限公司,2026.2.30\n2,云峰,九江云岭茶业有限公司,2026.2.31\n"
    TASKS["import-file"](Hand({"upload": keep_upload([bad.encode()]), "name": "a.csv", "kind": "trademark"}, registrar))
    run = ImportRun.objects.get()
    mended = f"{ROW_HEAD},注册号,商标,注册日期\n2,1,云岭,2026-02-28\n3,2,云峰,2026-02-27\n".encode()
    hands = [Hand({"upload": keep_upload([mended]), "name": "b.csv", "run": str(run.pk)}, registrar) for _ in range(2)]
    told = [TASKS["mend-file"](hand) for hand in hands]
    assert told == [{"run": str(run.pk), "bad": 0}] * 2
    assert hands[0].steps == [(2, 2)]
    assert Right.objects.count() == 2
    with pytest.raises(UploadGone):
        TASKS["mend-file"](hands[0])


@pytest.mark.parametrize("name", ["0" * 32, "../../etc/passwd", ""])
def test_an_upload_that_is_not_there_is_told(name):
    with pytest.raises(UploadGone), open_upload(name):
        pass


def test_dropping_an_upload_twice_is_the_same_as_once():
    upload = keep_upload([b"x"])
    drop_upload(upload)
    drop_upload(upload)


def test_the_sweep_derives_what_fell_due(handler):
    open_matter(actor=handler, title="青釉坊", place="360202", procedure="administrative", now=timezone.now())
    ClockRow.objects.all().delete()
    assert TASKS["sweep"](Hand({})) == {"matters": 0, "changed": 0, "traits": 1, "imports_stopped": 0}

    class Later(Hand):
        now = timezone.now() + timedelta(days=120)

    hand = Later({})
    assert TASKS["sweep"](hand) == {"matters": 1, "changed": 1, "traits": 0, "imports_stopped": 0}
    assert hand.steps == [(1, 1)]
    assert ClockRow.objects.filter(state="overdue").exists()


def test_sealing_twice_makes_one_bundle(handler):
    now = timezone.now()
    keys = []
    for words in (b"one", b"two"):
        blob = store_file(actor=handler, stream=[words], name="a.txt", now=now)
        made = add_exhibit(
            actor=handler, matter_id=None, blob=blob, name="a.txt", origin="现场", captured_at=now, now=now
        )
        keys.append(str(made.pk))
    hand = Hand({"exhibits": keys, "withheld": keys[:1]}, handler)
    assert TASKS["seal"](hand) == TASKS["seal"](hand)
    assert Sealing.objects.count() == 1
    assert TASKS["seal"](Hand({"exhibits": keys[:1]}, handler))["tree_size"] >= 2


def test_tidying_clears_what_ran_out(tmp_path):
    now = timezone.now()
    job = store.add_job(kind="tidy", data={}, key="", asked_by=None, now=now)
    Job.objects.filter(pk=job.pk).update(state="done", ended_at=now - timedelta(days=31))
    for hours in (2, 0):
        count_sending(what="report", address=f"192.0.2.{hours}", now=now - timedelta(hours=hours))
    upload = keep_upload([b"x"])
    import os

    os.utime(tmp_path / "uploads" / upload, (0, 0))
    kept = keep_upload([b"y"])
    assert TASKS["tidy"](Hand({})) == {"jobs": 1, "answers": 0, "tallies": 1, "uploads": 1}
    with open_upload(kept) as file:
        assert file.read() == b"y"
