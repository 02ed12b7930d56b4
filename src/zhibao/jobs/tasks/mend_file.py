"""Take the rows of a mended workbook again."""

from zhibao.apps.register.actions.mend_file import mend_file as take
from zhibao.apps.work.kinds import Json
from zhibao.apps.work.uploads import drop_upload, open_upload
from zhibao.jobs.errors import NobodyAsked
from zhibao.jobs.hold import Hold


def mend_file(hold: Hold) -> Json:
    """Take ``data.upload`` as mended rows of the import ``data.run``; rows that are in already are passed over."""
    if hold.asked_by is None:
        raise NobodyAsked(where="mend-file")
    upload = hold.data["upload"]
    with open_upload(upload) as stream:
        run = take(
            actor=hold.asked_by,
            run_id=hold.data["run"],
            name=hold.data["name"],
            stream=stream,
            now=hold.now,
            progress=hold.advance,
        )
    drop_upload(upload)
    return {"run": str(run.pk), "bad": run.bad}
