"""What each role finds on the pages: no offer that is then refused, no page without a way on."""

import pytest
from django.urls import reverse

from tests import factories
from tests.web import world as worlds
from zhibao.apps.cases.actions.open_matter import open_matter
from zhibao.apps.cases.models import FindingRow
from zhibao.apps.organs.models import Role
from zhibao.apps.vault.models import Custody, Exhibit
from zhibao.apps.vault.queries import own_exhibits
from zhibao.apps.watch.models import Lead

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(tmp_path, settings):
    settings.ZHIBAO_VAULT = tmp_path
    return worlds.build()


def seen(client, person, name, **kwargs):
    client.force_login(person)
    return client.get(reverse(name, kwargs=kwargs))


def test_a_supervisor_reads_an_exhibit_and_its_custody_says_so(client, world):
    kept = Exhibit.objects.filter(matter_id=world.matter.pk).first()
    client.force_login(world.supervisor)
    client.post(reverse("purpose", kwargs={"number": world.matter.number}), {"purpose": "核对移送"})
    answer = client.get(reverse("exhibit", kwargs={"exhibit_id": kept.pk}))
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)
    last = Custody.objects.filter(exhibit=kept).last()
    assert (last.kind, last.by) == ("copied", world.supervisor)


def test_only_those_who_may_open_a_matter_are_offered_to(client, world):
    offer = reverse("open-matter")
    assert offer in seen(client, world.handler, "matters").content.decode()
    for person in (world.supervisor, world.registrar):
        assert offer not in seen(client, person, "matters").content.decode()
        assert client.get(offer).status_code == 403


@pytest.mark.parametrize(
    ("kind", "role", "way_on"),
    [
        ("court", Role.HANDLER, "matters"),
        ("market-regulation", Role.HANDLER, "leads"),
        ("joint-conference", Role.SUPERVISOR, "findings"),
    ],
)
def test_an_empty_desk_leads_to_where_the_role_has_work(client, db, kind, role, way_on):
    person = factories.make_person(factories.make_organ(kind), role)
    page = seen(client, person, "today").content.decode()
    empty = page[page.index("<b>没有到期的事</b>") :]
    assert f'href="{reverse(way_on)}"' in empty[: empty.index("</div>")]


def test_a_finding_is_offered_for_answering_to_those_who_may(client, world):
    form = f'action="{reverse("answer-finding", kwargs={"number": world.matter.number})}"'
    offered = 0
    for person in (world.handler, world.police):
        about = FindingRow.objects.filter(matter=world.matter, organ=person.organ).count()
        page = seen(client, person, "matter", number=world.matter.number).content.decode()
        assert page.count(form) == about > 0
        offered += about
    assert offered == FindingRow.objects.filter(matter=world.matter).count()


def test_the_desk_asks_the_database_no_more_for_more_matters(client, world, django_assert_max_num_queries):
    client.force_login(world.handler)
    client.get(reverse("today"))
    with django_assert_max_num_queries(100) as before:
        client.get(reverse("today"))
    for number in range(4):
        open_matter(
            actor=world.handler,
            title=f"新案 {number}",
            place="360200",
            procedure="administrative",
            now=factories.NOW,
        )
    for address in (reverse("today"), reverse("calendar-file")):
        with django_assert_max_num_queries(len(before.captured_queries)):
            client.get(address)


def test_evidence_of_a_lead_is_kept_once_and_listed_with_it(client, world):
    lead = Lead.objects.first()
    client.force_login(world.handler)
    for _ in range(2):
        answer = client.post(reverse("keep-evidence", kwargs={"number": lead.number}), follow=True)
    kept = own_exhibits(world.handler)
    assert len(kept) == lead.hits.values("listing").distinct().count()
    page = answer.content.decode()
    assert "这些商品信息都存过证了。" in page
    assert all(reverse("exhibit", kwargs={"exhibit_id": each.pk}) in page for each in kept)
