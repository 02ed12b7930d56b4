"""Whatever officers do in whatever order: what is stored is what the events give afresh."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests import factories
from zhibao.apps.cases import queries
from zhibao.apps.cases.actions.correct_event import correct_event
from zhibao.apps.cases.actions.hand_over import hand_over
from zhibao.apps.cases.actions.open_matter import open_matter
from zhibao.apps.cases.actions.rebuild_projections import rebuild_projections
from zhibao.apps.cases.actions.record_event import record_event
from zhibao.apps.cases.actions.sweep import sweep
from zhibao.apps.cases.deriving import derive
from zhibao.apps.cases.law import current_pack
from zhibao.apps.cases.models import Matter
from zhibao.apps.cases.store.projections import clock_rows, finding_rows, stages
from zhibao.apps.organs.models import Role
from zhibao.kernel.errors import ZhibaoError

KINDS = {
    "administrative": [
        ("filed", {}),
        ("not-filed", {"reason": "没有违法事实"}),
        ("filing-extended", {}),
        ("evidence-preserved", {}),
        ("seized", {}),
        ("examination-started", {}),
        ("examination-ended", {}),
        ("suspended", {}),
        ("resumed", {}),
        ("penalty-notice-served", {}),
        ("hearing-requested", {}),
        ("decided", {"result": "penalty"}),
        ("act-found", {"kind": "counterfeit-mark-goods", "from": "2026-05-01", "illegal_gain": "90000.00"}),
        ("suspicion-assessed", {"reasonable": True, "police_measures_needed": True}),
        ("closed", {}),
    ],
    "criminal": [
        ("receipt-signed", {}),
        ("police-filed", {}),
        ("police-refused", {"reason": "证据不足"}),
        ("note-added", {"text": "补充材料"}),
        ("closed", {}),
    ],
}
STEPS = sorted((procedure, kind) for procedure, kinds in KINDS.items() for kind, _data in kinds)
DATA = {(procedure, kind): data for procedure, kinds in KINDS.items() for kind, data in kinds}


class Officers(RuleBasedStateMachine):
    """One matter, two organs, a clock that only goes forward, and events dated back at will."""

    @initialize()
    def open(self):
        self.point = transaction.savepoint()
        self.now = factories.NOW
        self.people = {
            "administrative": factories.make_person(factories.make_organ(), Role.HANDLER),
            "criminal": factories.make_person(factories.make_organ("police"), Role.HANDLER),
        }
        self.matter = open_matter(
            actor=self.people["administrative"], title="x", place="360202", procedure="administrative", now=self.now
        )
        self.recorded = list(queries.events_of(self.matter))

    def teardown(self):
        if hasattr(self, "point"):
            transaction.savepoint_rollback(self.point)

    def try_to(self, action):
        """What is refused leaves everything as it was; what is taken is appended."""
        try:
            with transaction.atomic():
                action()
        except ZhibaoError:
            assert list(queries.events_of(self.matter)) == self.recorded
            return
        after = list(queries.events_of(self.matter))
        assert after[: len(self.recorded)] == self.recorded
        self.recorded = after

    @rule(step=st.sampled_from(STEPS), days_ago=st.integers(0, 20))
    def record(self, step, days_ago):
        procedure, kind = step
        found = self.matter.proceedings.filter(procedure=procedure).first()
        if found is None:
            return
        self.try_to(
            lambda: record_event(
                actor=self.people[procedure],
                matter_id=self.matter.pk,
                proceeding_id=found.pk,
                kind=kind,
                at=self.now - timedelta(days=days_ago),
                data=DATA[step],
                expected_seq=len(self.recorded),
                now=self.now,
            )
        )

    @rule(place=st.integers(1, 30), days=st.integers(0, 30), withdrawn=st.booleans())
    def correct(self, place, days, withdrawn):
        seq = 1 + place % len(self.recorded)
        person = self.people[self.recorded[seq - 1].procedure]
        self.try_to(
            lambda: correct_event(
                actor=person,
                matter_id=self.matter.pk,
                seq=seq,
                why="记错",
                at=None if withdrawn else self.now - timedelta(days=days),
                withdrawn=withdrawn,
                expected_seq=len(self.recorded),
                now=self.now,
            )
        )

    @rule()
    def hand_over(self):
        own = self.matter.proceedings.get(procedure="administrative")
        self.try_to(
            lambda: hand_over(
                actor=self.people["administrative"],
                matter_id=self.matter.pk,
                proceeding_id=own.pk,
                at=self.now,
                expected_seq=len(self.recorded),
                now=self.now,
            )
        )

    @rule(days=st.integers(1, 45))
    def wait(self, days):
        self.now += timedelta(days=days)
        sweep(now=self.now)

    @precondition(lambda self: hasattr(self, "matter"))
    @invariant()
    def stored_is_derived(self):
        matter = Matter.objects.get(pk=self.matter.pk)
        assert queries.chain_of(matter) == []
        assert (matter.head_seq, matter.derived_seq) == (len(self.recorded), len(self.recorded))
        pack = current_pack()
        fresh = derive(pack, self.recorded, now=self.now)
        assert rows(matter.clock_rows.all()) == rows(clock_rows(matter, pack, fresh))
        assert rows(matter.finding_rows.all()) == rows(finding_rows(matter, pack, fresh))
        wanted = stages(fresh)
        for proceeding in matter.proceedings.all():
            assert (proceeding.stage, proceeding.closed_at) == wanted.get(proceeding.pk, ("", None))
        assert matter.next_due == fresh.next_due
        assert rebuild_projections(now=self.now, matter_id=matter.pk).changed == 0


def rows(found):
    """The rows without their keys, in an order of their own."""
    fields = [
        {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.attname != "id"}
        for row in found
    ]
    return sorted(fields, key=lambda row: (row.get("clock") or row.get("key"), row.get("entry", 0)))


class TestOfficers(Officers.TestCase, TestCase):
    settings = settings(
        max_examples=25,
        stateful_step_count=20,
        deadline=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],  # a failing run is printed as it was: shrinking takes minutes here
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


pytestmark = pytest.mark.django_db
