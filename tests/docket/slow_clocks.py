"""A slow, separate telling of what a clock is: day by day, event by event, straight from CONTRACT's words.

Shares the law pack's data with docket/clocks.py and nothing else: no interval arithmetic, no cumulative tables.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
ONE = timedelta(days=1)


def local(moment):
    return moment.astimezone(CHINA)


def fits(trigger, event):
    if event.kind != trigger.event:
        return False
    for key, value in trigger.when.items():
        if event.data.get(key) != value:
            return False
    return all(event.data.get(key, "absent") != value for key, value in trigger.unless.items())


def excluded_days(version, events, start_day, end_moment):
    """Every (a, b] that does not count, as a set of days; and whether one is still open, with its first day."""
    out, still_open = set(), None
    for span in version.excludes:
        begun = {}
        for event in events:
            ref = event.data.get("ref", "")
            if event.kind == span.begins and ref not in begun and (end_moment is None or event.at < end_moment):
                begun[ref] = event
            elif event.kind in span.ends and ref in begun:
                day = local(begun.pop(ref).at).date() + ONE
                while day <= local(event.at).date():
                    out.add(day)
                    day += ONE
        for event in begun.values():
            day = local(event.at).date()
            still_open = day if still_open is None else min(still_open, day)
    return out, still_open


def add_months(day, months):
    year, month = day.year, day.month
    for _ in range(months):
        month += 1
        if month == 13:
            year, month = year + 1, 1
    for number in range(day.day, 27, -1):
        try:
            return day.replace(year=year, month=month, day=number)
        except ValueError:
            continue
    return day.replace(year=year, month=month)


def walk(calendar, start, length_totals, out, still_open):
    """Count day by day; None when the open span is reached first."""
    day = start
    for number, unit in length_totals:
        left = number
        if unit in {"months", "years"}:
            left = (add_months(day, number * (12 if unit == "years" else 1)) - day).days
        while left:
            if still_open is not None and day >= still_open:
                return None
            day += ONE
            if day in out or (unit == "working-days" and not calendar.is_working(day)):
                continue
            left -= 1
    return day


def slow_clocks(pack, events, now):
    """Return {(id, entry): (state, due, reading)} for events of one unnamed proceeding."""
    events = sorted((event for event in events if event.at <= now), key=lambda event: event.at)
    found = {}
    for deadline in pack.deadlines.values():
        if any(version.before for version in deadline.versions):
            continue
        for entry in entries(deadline, events):
            found[deadline.id, entry["number"]] = finish(pack, deadline, entry, events, now)
    return found


def entries(deadline, events):
    opened = []
    for event in events:
        lapses = event.kind in deadline.lapsed_by
        if lapses or any(fits(trigger, event) for trigger in deadline.ends):
            for entry in opened:
                if entry["end"] is None:
                    entry["end"], entry["lapsed"] = event, lapses
        fitting = [trigger for trigger in deadline.starts if fits(trigger, event)]
        if fitting and (not fitting[0].counts_from or event.data.get(fitting[0].counts_from)):
            moment = event.at
            if deadline.from_receipt and "received_at" in event.data:
                moment = datetime.fromisoformat(event.data["received_at"])
            day = local(moment).date()
            versions = [
                v for v in deadline.versions if v.span.first <= day and (v.span.last is None or day <= v.span.last)
            ]
            if fitting[0].counts_from:
                day = datetime.fromisoformat(event.data[fitting[0].counts_from]).date()
            if versions:
                opened.append(
                    {
                        "event": event,
                        "moment": moment,
                        "day": day,
                        "version": versions[0],
                        "end": None,
                        "lapsed": False,
                        "number": len(opened) + 1,
                    }
                )
    return opened


def lengths(entry, events):
    """The length for this start and each extension after it, neighbours of one unit added up."""
    version, end, base = entry["version"], entry["end"], entry["version"].length
    for variant in version.variants:
        if all(entry["event"].data.get(key) == value for key, value in variant.when.items()):
            base = variant.length
            break
    totals, used = [[base.number, base.unit.value]], {}
    for event in events:
        rules = [one for one in version.extensions if one.event == event.kind]
        place = used.get(event.kind, 0)
        if not rules or event.at < entry["moment"] or (end is not None and event.at > end.at):
            continue
        if place >= len(rules) and rules[-1].length is not None:
            continue
        number, unit = granted(rules[min(place, len(rules) - 1)], event.data.get("length", "").split())
        if unit:
            used[event.kind] = place + 1
            if totals[-1][1] == unit:
                totals[-1][0] += number
            else:
                totals.append([number, unit])
    return totals


def granted(rule, stated):
    """What one extension gives: the law's number, less where the decision may say less, or what the decision says."""
    number, unit = (rule.length.number, rule.length.unit.value) if rule.length else (0, "")
    if stated and (rule.length is None or (rule.at_most and stated[1] == unit and int(stated[0]) <= number)):
        return int(stated[0]), stated[1]
    return number, unit


def finish(pack, deadline, entry, events, now):
    version, end = entry["version"], entry["end"]
    totals = lengths(entry, events)
    if totals[0][1] == "hours":
        minute = entry["moment"].astimezone(UTC).replace(second=0, microsecond=0)
        for _ in range(totals[0][0]):
            minute += timedelta(hours=1)
        return judge(deadline, entry, now, minute, minute + timedelta(minutes=1), reading=False)
    if version.backwards:
        return at_end_of(back(pack.calendar, entry["day"], version.length), deadline, entry, now)
    if version.first_day_counts:
        return at_end_of(term_end(entry["day"], version.length), deadline, entry, now)
    out, still_open = excluded_days(version, events, entry["day"], end and end.at)
    raw = walk(pack.calendar, entry["day"], totals, out, still_open)
    if raw is None:
        return judge(deadline, entry, now, None, None, reading=False)
    last = raw
    while version.last_day.value != "stays" and not pack.calendar.is_working(last):
        last += ONE
    reading = last != raw and version.last_day.value == "silent"
    if last != raw and version.last_day.value == "weekend":
        reading = only_weekend(pack.calendar, raw)
    late = datetime(last.year, last.month, last.day, tzinfo=CHINA) + ONE
    return judge(deadline, entry, now, last, late, reading=reading)


def at_end_of(day, deadline, entry, now):
    return judge(deadline, entry, now, day, datetime(day.year, day.month, day.day, tzinfo=CHINA) + ONE, reading=False)


def back(calendar, day, length):
    left = length.number
    while left:
        day -= ONE
        if length.unit.value == "days" or calendar.is_working(day):
            left -= 1
    return day


def term_end(day, length):
    """The last day of a term whose first day counts: the day before the same day comes round."""
    end = add_months(day, length.number * (12 if length.unit.value == "years" else 1))
    return end - ONE if end.day == day.day else end


def only_weekend(calendar, day):
    run = [day]
    while not calendar.is_working(run[-1] + ONE):
        run.append(run[-1] + ONE)
    while not calendar.is_working(run[0] - ONE):
        run.insert(0, run[0] - ONE)
    return [one.strftime("%a") for one in run] in (["Sat", "Sun"], ["Sat"], ["Sun"])


def judge(deadline, entry, now, due, late, *, reading):
    right = deadline.missed.lapses
    if entry["lapsed"]:
        state = "lapsed"
    elif deadline.missed.waits:
        cut = entry["end"] is not None and (late is None or entry["end"].at < late)
        state = "lapsed" if cut else "suspended" if late is None else "met" if now >= late else "running"
    elif entry["end"] is not None:
        in_time = late is None or entry["end"].at < late
        state = "met" if in_time else ("lapsed" if right else "met-late")
    elif late is None:
        state = "suspended"
    elif now < late:
        state = "running"
    else:
        state = "lapsed" if right else "overdue"
    return state, due, reading
