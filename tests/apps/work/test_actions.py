from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import OperationalError

from tests import factories
from zhibao.apps.organs.errors import DeedNotAllowed
from zhibao.apps.organs.models import Organ
from zhibao.apps.work import queries, store
from zhibao.apps.work.access import access_job
from zhibao.apps.work.actions.answer_once import Answer, answer_once
from zhibao.apps.work.actions.ask_job import ask_job
from zhibao.apps.work.actions.ask_with_file import ask_with_file
from zhibao.apps.work.actions.run_again import run_again
from zhibao.apps.work.errors import BadRequestKey, JobNotFailed, KeyReused, NoSuchJob, UnknownJobKind
from zhibao.apps.work.models import Job, KeptAnswer
from zhibao.apps.work.uploads import open_upload

pytestmark = pytest.mark.django_db


def test_who_may_do_the_deed_may_ask_for_the_job(analyst, now):
    job = ask_job(actor=analyst, kind="screen-feed", data={"feed": "market"}, key="market", now=now)
    assert (job.state, job.data, job.asked_by, str(job)) == (
        "waiting",
        {"feed": "market"},
        analyst,
        f"screen-feed {job.pk}",
    )


def test_who_may_not_is_refused_and_nothing_is_queued(handler, now):
    with pytest.raises(DeedNotAllowed):
        ask_job(actor=handler, kind="screen-feed", data={}, now=now)
    assert not Job.objects.exists()


def test_an_unknown_kind_is_told_with_the_known_ones(admin, now):
    with pytest.raises(UnknownJobKind) as caught:
        ask_job(actor=admin, kind="brew-tea", data={}, now=now)
    assert "screen-feed" in caught.value.hint("zh")


def test_a_job_is_seen_by_whoever_asked_and_by_administrators(analyst, handler, admin, now):
    job = ask_job(actor=analyst, kind="screen-feed", data={}, now=now)
    assert access_job(analyst, job.pk) == job == access_job(admin, job.pk)
    with pytest.raises(NoSuchJob):
        access_job(handler, job.pk)
    with pytest.raises(NoSuchJob):
        access_job(analyst, uuid4())
    assert [queries.jobs(person).total for person in (analyst, admin, handler)] == [1, 1, 0]
    assert queries.jobs(analyst, state="failed").total == 0


def test_a_failed_job_can_be_run_again_with_all_its_attempts(analyst, now):
    job = ask_job(actor=analyst, kind="screen-feed", data={}, now=now)
    taken = store.take_job(worker="w", now=now, lease=timedelta(minutes=1), kinds=["screen-feed"])
    with pytest.raises(JobNotFailed):
        run_again(actor=analyst, job_id=job.pk, now=now)
    store.fail_job(job_id=job.pk, lease=taken.lease, problem={"code": "x"}, now=now)
    again = run_again(actor=analyst, job_id=job.pk, now=now)
    assert (again.state, again.attempts, again.lease) == ("waiting", 0, 1)


def made(calls, status=201):
    def make():
        calls.append(1)
        factories.make_organ("court", place="360300")
        return Answer(status, b"{}", {"Location": "/x"})

    return make


def test_the_same_request_is_answered_once_and_repeated_word_for_word(handler, now):
    calls = []
    ask = {"actor": handler, "key": "k1", "fingerprint": "f", "make": made(calls), "now": now}
    first, again = answer_once(**ask), answer_once(**ask)
    assert (first[0], first[1], again[1], len(calls)) == (again[0], False, True, 1)
    assert str(KeptAnswer.objects.get()) == "k1"


def test_another_request_under_the_same_key_is_refused(handler, now):
    answer_once(actor=handler, key="k1", fingerprint="f", make=made([]), now=now)
    with pytest.raises(KeyReused):
        answer_once(actor=handler, key="k1", fingerprint="g", make=made([]), now=now)


def test_a_refusal_leaves_nothing_behind_and_the_key_free(handler, now):
    calls = []
    answer, kept = answer_once(actor=handler, key="k1", fingerprint="f", make=made(calls, 409), now=now)
    assert (answer.status, kept) == (409, False)
    assert not Organ.objects.filter(kind="court").exists()
    assert answer_once(actor=handler, key="k1", fingerprint="g", make=made(calls), now=now)[0].status == 201
    assert len(calls) == 2


def test_keys_are_each_persons_own_and_run_out_after_a_day(handler, colleague, now):
    calls = []
    for person, moment in ((handler, now), (colleague, now), (handler, now + timedelta(hours=25))):
        answer_once(actor=person, key="k1", fingerprint="f", make=made(calls), now=moment)
    assert len(calls) == 3


@pytest.mark.parametrize("key", ["", "键", "a\nb", "x" * 81])
def test_a_key_that_cannot_be_kept_is_refused(handler, now, key):
    with pytest.raises(BadRequestKey):
        answer_once(actor=handler, key=key, fingerprint="f", make=made([]), now=now)


def test_a_fault_in_the_work_is_not_taken_for_a_repeated_key(handler, now):
    from django.db import IntegrityError

    def make():
        raise IntegrityError("of something else")

    with pytest.raises(IntegrityError):
        answer_once(actor=handler, key="k1", fingerprint="f", make=make, now=now)
    assert not KeptAnswer.objects.exists()


def test_a_file_is_kept_only_for_who_may_have_it_read(handler, registrar, now, settings, tmp_path, monkeypatch):
    settings.HOME = tmp_path
    ask = {"kind": "import-file", "chunks": [b"x"], "data": {"kind": "trademark"}, "now": now}
    with pytest.raises(DeedNotAllowed):
        ask_with_file(actor=handler, name="a.csv", **ask)
    assert list(tmp_path.rglob("*")) == []
    job = ask_with_file(actor=registrar, name="长" * 300, **ask)
    assert (len(job.data["name"]), job.data["kind"]) == (200, "trademark")
    with open_upload(job.data["upload"]) as file:
        assert file.read() == b"x"

    def away(**_):
        raise OperationalError

    monkeypatch.setattr(store, "add_job", away)
    with pytest.raises(OperationalError):
        ask_with_file(actor=registrar, name="b.csv", **ask)
    assert [path.name for path in (tmp_path / "uploads").iterdir()] == [job.data["upload"]]
