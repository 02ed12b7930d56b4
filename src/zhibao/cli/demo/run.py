"""One run of the sample: build, screen, open, derive, and hold what was found against the answer key."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, TypeVar

from django.core.management import call_command

from zhibao.apps.cases import queries as case_queries
from zhibao.apps.cases.models import FindingRow
from zhibao.apps.library import queries as library
from zhibao.apps.library.actions.refresh_traits import refresh_traits
from zhibao.apps.organs.paging import Page
from zhibao.apps.watch import queries as watch_queries
from zhibao.apps.watch.models import Lead
from zhibao.cli.demo import build
from zhibao.cli.demo.generate_listings import LISTINGS
from zhibao.cli.demo.generate_rights import RIGHTS
from zhibao.cli.demo.morning import work_a_morning
from zhibao.cli.session import Session
from zhibao.kernel.days import legal_day

Item = TypeVar("Item")
PROVINCE_MARKETS = "360000-market-regulation-1"
PAGE = 200
AHEAD = timedelta(days=400)


def run(voice: Session, password: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Build the province in the database of the settings and return the summary and the answer key."""
    province = build.Province(now=datetime.now(UTC), random=Random(build.SEED))  # noqa: S311 - a reproducible sample
    with voice.progress("建表", "Making tables"):
        call_command("migrate", verbosity=0, interactive=False)
    with voice.progress("机关和人员", "Organs and people"):
        build.build_organs(province, password)
    with voice.progress("权利", "Rights", sum(RIGHTS.values())) as advance:
        rights = build.build_rights(province, advance)
    with voice.progress("商品信息", "Listings", LISTINGS) as advance:
        listings = build.build_listings(province, advance)
    with voice.progress("案件", "Matters") as advance:
        events = build.build_matters(province, advance)
    with voice.progress("筛查", "Screening", LISTINGS) as advance:
        build.screen(province, advance)
    with voice.progress("承办人的上午", "The officer's morning"):
        opened = work_a_morning(province)
    with voice.progress("法律将有的变化", "What the law will change"):
        refresh_traits(now=province.now)
    events += sum(matter.head_seq for matter in opened)
    matters = len(province.matters) - len(province.refused) + len(opened)
    built = {"rights": rights, "listings": listings, "matters": matters, "events": events}
    return _summary(province, built), _answer_key(province)


def _every(page_at: Callable[[int], Page[Item]]) -> Iterator[Item]:
    """Yield the items of all pages."""
    page = page_at(1)
    yield from page.items
    for number in range(2, page.pages + 1):
        yield from page_at(number).items


def _summary(province: build.Province, built: dict[str, int]) -> dict[str, Any]:
    markets, supervisor = province.people[PROVINCE_MARKETS], province.people["supervisor"]
    leads = list(_every(lambda number: watch_queries.leads(markets, page=number, size=PAGE)))
    findings = list(_every(lambda number: case_queries.findings(supervisor, page=number, size=PAGE)))
    found_series = _found_series(province, leads)
    found_findings, other_findings = _found_findings(province, findings)
    return {
        "organs": len({person.organ_id for person in province.people.values()}),
        "people": len(province.people),
        **built,
        "hits": sum(run.hits for run in province.screened),
        "leads": len(leads),
        "findings": len(findings),
        "findings_by_kind": dict(sorted(Counter(row.kind for row in findings).items())),
        "planted_series": {"planted": len(province.planted_series), "found": len(found_series)},
        "planted_by_disguise": _by_disguise(province, found_series),
        "leads_not_planted": len(leads) - len(found_series),
        "planted_findings": {
            "planted": sum(len(seed.planted) for _, seed in province.matters),
            "found": found_findings,
        },
        "findings_not_planted": other_findings,
        "coming": _coming(province),
        "refused": province.refused,
        "accounts": {
            name: {"organ": person.organ.name_zh, "organ_en": person.organ.name_en, "roles": person.roles}
            for name, person in province.people.items()
            if person.has_usable_password()
        },
    }


def _coming(province: build.Province) -> dict[str, Any]:
    """What the next day that changes the law changes, and how many open matters the law officer sees touched by it."""
    officer, today = province.people["lawofficer"], legal_day(province.now)
    for coming in library.coming_days(officer, today, today + AHEAD):
        touched = library.touched_matters(officer, coming.day, size=1).total
        if touched:
            return {"day": coming.day.isoformat(), "changes": coming.counts, "open_matters": touched}
    return {"day": None, "changes": {}, "open_matters": 0}


def _found_series(province: build.Province, leads: list[Lead]) -> set[tuple[str, str]]:
    raised = {(lead.right.number, lead.series) for lead in leads if lead.right is not None}
    return raised & {one.lead for one in province.planted_series}


def _by_disguise(province: build.Province, found: set[tuple[str, str]]) -> dict[str, str]:
    planted = Counter(one.disguise for one in province.planted_series)
    seen = Counter(one.disguise for one in province.planted_series if one.lead in found)
    return {name: f"{seen[name]}/{count}" for name, count in sorted(planted.items())}


def _found_findings(province: build.Province, findings: list[FindingRow]) -> tuple[int, int]:
    by_matter: dict[str, list[FindingRow]] = {}
    for row in findings:
        by_matter.setdefault(str(row.matter_id), []).append(row)
    explained: set[int] = set()
    found = 0
    for matter, seed in province.matters:
        rows = by_matter.get(str(matter.id), [])
        for kind, clock in seed.planted:
            hits = [row for row in rows if row.kind == kind and clock in row.key]
            found += bool(hits)
            explained |= {row.pk for row in hits}
    return found, len(findings) - len(explained)


def _answer_key(province: build.Province) -> dict[str, Any]:
    return {
        "series": [
            {"right": one.right, "feed": one.feed, "shop": one.shop, "disguise": one.disguise, "listings": one.listings}
            for one in province.planted_series
        ],
        "findings": [
            {"matter": str(matter.id), "title": seed.title, "kind": kind, "clock": clock}
            for matter, seed in province.matters
            for kind, clock in seed.planted
        ],
    }
