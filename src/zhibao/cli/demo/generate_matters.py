"""Four hundred invented matters with up to two years of events; which were late or wrongly handled is the answer key.

Days are laid well inside or well outside the limits, so that this file needs no calendar and no law.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from zhibao.cli.demo.generate_organs import CITIES
from zhibao.cli.demo.generate_rights import OwnerSeed, RightSeed
from zhibao.cli.demo.names import SHOP_TAILS, SURNAMES, person_name

Data = dict[str, object]
ADMIN, POLICE, COMPLAINT = "administrative", "criminal", "complaint"


@dataclass(frozen=True, slots=True)
class EventSeed:
    """Something that happened in one of the matter's proceedings."""

    procedure: str
    kind: str
    at: datetime
    data: Data


@dataclass(frozen=True, slots=True)
class MatterSeed:
    """One matter: who, what right, what happened, and what was planted in it."""

    title: str
    place: str
    right: str
    suspect: str
    events: tuple[EventSeed, ...]
    planted: tuple[tuple[str, str], ...]  # (finding kind, clock id or "")


@dataclass(slots=True)
class Story:
    """Writes events one after another, never on a weekend, never after now."""

    random: Random
    at: datetime
    now: datetime
    events: list[EventSeed] = field(default_factory=list)
    planted: list[tuple[str, str]] = field(default_factory=list)

    def step(self, procedure: str, kind: str, days: int, /, **data: object) -> "Story":
        """Add an event some days after the one before."""
        at = self.at + timedelta(days=days, minutes=self.random.randrange(5, 90))
        at = at.replace(hour=9 + self.random.randrange(8)) if days else at
        while at.weekday() > 4:
            at += timedelta(days=1)
        if at < self.now:
            self.at = max(at, self.at + timedelta(minutes=1))
            self.events.append(EventSeed(procedure, kind, self.at, data))
        return self

    def plant(self, kind: str, clock: str = "") -> "Story":
        """Write down in the answer key what is wrong here."""
        self.planted.append((kind, clock))
        return self


def _goods(random: Random, owner: OwnerSeed, right: str, sales: int) -> list[Data]:
    """Return goods lines whose sold part comes to about ``sales`` yuan, and a few unsold pieces."""
    sold, unsold = random.sample(owner.industry.goods, 2)
    price = random.randrange(2000, 9900)
    return [
        {
            "name": sold,
            "right": right,
            "quantity": max(1, sales * 100 // price),
            "state": "sold",
            "prices": {"actual": _yuan(price)},
        },
        {
            "name": unsold,
            "right": right,
            "quantity": random.randrange(5, 40),
            "state": "unsold",
            "prices": {"marked": _yuan(price)},
        },
    ]


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


class Teller:
    """Knows the plots; each starts some days before now and says what it planted."""

    def __init__(self, random: Random, owners: list[OwnerSeed], now: datetime) -> None:
        self.random, self.owners, self.now = random, owners, now

    def story(self, days_ago: int) -> Story:
        """Start a story some days before now."""
        return Story(self.random, self.now - timedelta(days=days_ago), self.now)

    def _opened(self, story: Story, right: RightSeed, sales: int, file_after: int = 6) -> Story:
        begun = story.at.date()
        story.step(ADMIN, "clue-received", 0, source=self.random.choice(("watch", "complaint", "inspection")))
        story.step(ADMIN, "filed", file_after)
        story.step(
            ADMIN,
            "act-found",
            1,
            kind="sell-counterfeit-goods",
            **{"from": (begun - timedelta(days=90)).isoformat(), "to": (begun - timedelta(days=2)).isoformat()},
            right_kinds=1,
            entity=False,
        )
        story.step(ADMIN, "seized", 1, place="经营场所")
        return story.step(
            ADMIN, "goods-recorded", 3, lines=_goods(self.random, self.owners[right.owner], right.number, sales)
        )

    def _decided(self, story: Story, fine: int, decide_after: int = 20) -> Story:
        story.step(ADMIN, "seizure-lifted", 10)
        story.step(ADMIN, "penalty-notice-served", 4)
        return story.step(ADMIN, "decided", decide_after, fine=_yuan(fine * 100))

    def _finished(self, story: Story, serve: int = 2, publish: int = 9, close: int = 6) -> Story:
        story.step(ADMIN, "decision-served", serve, fine_due=True)
        story.step(ADMIN, "fine-paid", 4)
        story.step(ADMIN, "published", publish - 4)
        story.step(ADMIN, "executed", 5)
        return story.step(ADMIN, "closed", close)

    def clean(self, right: RightSeed) -> Story:
        """In time from clue to closing."""
        story = self._opened(self.story(self.random.randrange(130, 720)), right, self.random.randrange(3000, 28000))
        return self._finished(self._decided(story, self.random.randrange(5000, 60000)))

    def late_filing(self, right: RightSeed) -> Story:
        """Forty days to decide whether to open a case."""
        story = self._opened(self.story(self.random.randrange(180, 700)), right, 9000, file_after=45)
        return self._finished(self._decided(story, 12000)).plant("late", "adm.file")

    def late_decision(self, right: RightSeed) -> Story:
        """Half a year to decide, no extension asked for."""
        story = self._opened(self.story(self.random.randrange(300, 700)), right, 15000)
        return self._finished(self._decided(story, 20000, decide_after=150)).plant("late", "adm.decide")

    def late_publication(self, right: RightSeed) -> Story:
        """Published two months after the decision."""
        story = self._decided(self._opened(self.story(self.random.randrange(250, 700)), right, 21000), 30000)
        return self._finished(story, publish=65).plant("late", "adm.publish")

    def fined_instead(self, right: RightSeed) -> Story:
        """Sales far over the limit of a crime, and only a fine."""
        story = self._opened(self.story(self.random.randrange(150, 500)), right, self.random.randrange(80000, 300000))
        return self._finished(self._decided(story, 150000)).plant("penalised-instead-of-transferred")

    def _handed(self, right: RightSeed, days_ago: int) -> Story:
        story = self._opened(self.story(days_ago), right, self.random.randrange(70000, 400000))
        story.step(ADMIN, "transfer-proposed", 4)
        story.step(ADMIN, "transfer-approved", 1)
        story.step(ADMIN, "seizure-lifted", 0, reason="随案移送公安")
        story.step(ADMIN, "handed-over", 0, to=POLICE)
        story.step(ADMIN, "suspended", 0, reason="移送公安，等待结果")
        return story.step(POLICE, "receipt-signed", 0)

    def filed_by_police(self, right: RightSeed) -> Story:
        """Handed over and filed in time, goods follow."""
        story = self._handed(right, self.random.randrange(60, 600)).step(POLICE, "police-filed", 1)
        story.step(ADMIN, "filing-notice-received", 0).step(ADMIN, "goods-handed-over", 1)
        for what in ("询问嫌疑人", "调取资金流水", "鉴定", "补充询问"):
            story.step(POLICE, "investigation-step", 25, what=what)
        return story.step(POLICE, "sent-for-prosecution", 20).step(POLICE, "prosecuted", 25).step(POLICE, "judged", 60)

    def idle_police(self, right: RightSeed) -> Story:
        """Filed in time, and then nothing for months."""
        story = self._handed(right, self.random.randrange(260, 500)).step(POLICE, "police-filed", 1)
        story.step(ADMIN, "filing-notice-received", 0).step(ADMIN, "goods-handed-over", 1)
        return story.plant("filed-but-idle")

    def unanswered(self, right: RightSeed) -> Story:
        """Handed over, receipt signed, then silence."""
        return self._handed(right, self.random.randrange(50, 300)).plant("transferred-and-unanswered")

    def refused(self, right: RightSeed) -> Story:
        """Refused with reasons, reconsidered, upheld."""
        story = self._handed(right, self.random.randrange(90, 400)).step(
            POLICE, "police-refused", 1, reason="销售金额未查清"
        )
        story.step(ADMIN, "refusal-received", 0).step(ADMIN, "reconsideration-requested", 1)
        return story.step(POLICE, "reconsideration-decided", 1, result="upheld")

    def whole_road(self, right: RightSeed) -> Story:
        """Nearly everything: pauses, an extension, refusal, reconsideration, supervision, filing, a trial to come."""
        story = self._opened(self.story(240), right, 285_000)
        story.step(ADMIN, "identification-started", 1, right_holder=self.owners[right.owner].name, ref="封样 1 号")
        story.step(ADMIN, "identification-ended", 9, result="不是我方生产", ref="封样 1 号")
        story.step(ADMIN, "seizure-extended", 6, approved_by="负责人", reason="案情复杂")
        story.step(ADMIN, "transfer-proposed", 2, report="销售金额超过立案标准")
        story.step(ADMIN, "transfer-approved", 1, approved_by="负责人")
        story.step(ADMIN, "seizure-lifted", 0, reason="随案移送公安").step(ADMIN, "handed-over", 0, to=POLICE)
        story.step(ADMIN, "suspended", 0, reason="移送公安，等待结果")
        story.step(POLICE, "receipt-signed", 0).step(POLICE, "police-refused", 2, reason="销售金额未查清")
        story.step(ADMIN, "refusal-received", 0).step(ADMIN, "reconsideration-requested", 1)
        story.step(POLICE, "reconsideration-decided", 2, result="reversed").step(POLICE, "police-filed", 1)
        story.step(ADMIN, "filing-notice-received", 0).step(ADMIN, "goods-handed-over", 1)
        for what in ("询问嫌疑人", "调取资金流水", "补充鉴定"):
            story.step(POLICE, "investigation-step", 30, what=what)
        return story.step(POLICE, "sent-for-prosecution", 20)

    def running(self, right: RightSeed) -> Story:
        """Opened lately, its clocks still run."""
        story = self._opened(self.story(self.random.randrange(3, 60)), right, self.random.randrange(2000, 40000))
        story.step(ADMIN, "seizure-lifted", self.random.randrange(10, 16))
        return story.step(ADMIN, "penalty-notice-served", self.random.randrange(4, 20))

    def fresh_clue(self, right: RightSeed) -> Story:
        """A clue not yet filed or refused."""
        del right
        return self.story(self.random.randrange(1, 23)).step(ADMIN, "clue-received", 0, source="watch")

    def stuck_clue(self, right: RightSeed) -> Story:
        """A clue nobody has decided on for six weeks."""
        del right
        story = self.story(self.random.randrange(44, 60)).step(ADMIN, "clue-received", 0, source="complaint")
        return story.plant("overdue", "adm.file")

    def complaint(self, right: RightSeed) -> Story:
        """A complaint accepted and mediated in time."""
        del right
        story = self.story(self.random.randrange(60, 500)).step(COMPLAINT, "complaint-received", 0)
        return story.step(COMPLAINT, "complaint-accepted", 4).step(COMPLAINT, "mediation-ended", 25)


PLOTS: tuple[tuple[Callable[[Teller, RightSeed], Story], int], ...] = (
    (Teller.clean, 189),
    (Teller.whole_road, 1),
    (Teller.late_filing, 14),
    (Teller.late_decision, 12),
    (Teller.late_publication, 12),
    (Teller.fined_instead, 14),
    (Teller.filed_by_police, 16),
    (Teller.idle_police, 8),
    (Teller.unanswered, 12),
    (Teller.refused, 8),
    (Teller.running, 60),
    (Teller.fresh_clue, 28),
    (Teller.stuck_clue, 6),
    (Teller.complaint, 20),
)


def generate_matters(
    random: Random, owners: list[OwnerSeed], rights: list[RightSeed], now: datetime
) -> Iterator[MatterSeed]:
    """Yield the matters, oldest plots first; the mark in each was in force throughout."""
    live = [
        r
        for r in rights
        if r.kind == "trademark" and len(r.periods) == 1 and r.granted_on < (now - timedelta(days=900)).date()
    ]
    teller = Teller(random, owners, now)
    for plot, count in PLOTS:
        for _ in range(count):
            right = random.choice(live)
            story = plot(teller, right)
            suspect = (
                f"{random.choice(SURNAMES)}记{random.choice(SHOP_TAILS)}"
                if random.random() < 0.6
                else person_name(random)[0]
            )
            place = random.choice(CITIES)[0] if random.random() < 0.75 and plot is not Teller.whole_road else "360200"
            yield MatterSeed(
                title=f"{suspect}涉嫌销售假冒「{right.name}」{owners[right.owner].industry.goods[0]}",
                place=place,
                right=right.number,
                suspect=suspect,
                events=tuple(story.events),
                planted=tuple(story.planted),
            )
