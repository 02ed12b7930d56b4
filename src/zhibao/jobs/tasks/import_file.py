"""Bring an uploaded file of rights into the register."""

from zhibao.apps.register.actions.import_file import import_file as bring_in
from zhibao.apps.work.kinds import Json
from zhibao.apps.work.uploads import drop_upload, open_upload
from zhibao.jobs.errors import NobodyAsked
from zhibao.jobs.hold import Hold


def import_file(hold: Hold) -> Json:
    """Import ``data.upload`` under the name and kind of right given; doing it twice changes nothing more.

    The upload is removed once its rows are in. A file of which not one row could be read fails the job with the reason.
    """
    if hold.asked_by is None:
        raise NobodyAsked(where="import-file")
    upload = hold.data["upload"]
    with open_upload(upload) as stream:
        run = bring_in(
            actor=hold.asked_by,
            name=hold.data["name"],
            stream=stream,
            kind=hold.data["kind"],
            now=hold.now,
            progress=hold.advance,
        )
    drop_upload(upload)
    counts = {name: getattr(run, name) for name in ("rows", "made", "changed", "same", "bad")}
    return {"run": str(run.pk), "state": run.state, **counts}
