import pytest

from zhibao.rules.errors import LawFault
from zhibao.rules.load import load_pack
from zhibao.rules.procedures import check_event_kind, check_procedure, parse_event_kind, parse_procedure
from zhibao.rules.read import read_table

PACK = load_pack()
PROCEDURE = """\
id: p
title: {zh: 程序, en: procedure}
word: 试
opens_with: clue-received
held_by: [court]
stages:
  - {id: a, title: {zh: 甲, en: a}, entered_by: [clue-received]}
  - {id: b, title: {zh: 乙, en: b}, entered_by: [filed, decided]}
closed_by: closed
"""
KIND = """\
id: k
title: {zh: 事项, en: kind}
procedures: [administrative]
after: [clue-received]
once: true
data:
  - {name: result, type: choice, required: true, title: {zh: 结果, en: result}, choices: [{id: yes-it-is, title: {zh: 是, en: yes}}]}
  - {name: note, type: text, title: {zh: 说明, en: note}}
"""


def test_a_procedure_leads_events_into_stages():
    procedure = parse_procedure(read_table(PROCEDURE, "x.yaml"), PACK.cites)
    assert procedure.stage_after("decided").id == "b"
    assert procedure.stage_after("published") is None
    assert (procedure.word, procedure.opens_with, procedure.closed_by) == ("试", "clue-received", ("closed",))
    assert list(check_procedure(procedure, PACK.event_kinds)) == []


def test_an_event_kind_carries_its_fields():
    kind = parse_event_kind(read_table(KIND, "x.yaml"), PACK.cites)
    assert (kind.fields[0].required, kind.fields[0].choices[0].id, kind.fields[1].required, kind.once) == (
        True,
        "yes-it-is",
        False,
        True,
    )
    assert kind.belongs_to("administrative")
    assert not kind.belongs_to("civil")
    assert list(check_event_kind(kind, PACK.event_kinds, PACK.procedures)) == []


def test_a_kind_of_no_procedure_belongs_to_all():
    kind = parse_event_kind(read_table(KIND.replace("procedures: [administrative]\n", ""), "x.yaml"), PACK.cites)
    assert kind.belongs_to("civil")


def test_what_points_to_nothing_is_listed():
    kind = parse_event_kind(
        read_table(KIND.replace("administrative", "x").replace("clue-received", "y"), "x.yaml"), PACK.cites
    )
    assert [fault.data["seen"] for fault in check_event_kind(kind, PACK.event_kinds, PACK.procedures)] == ["x", "y"]
    procedure = parse_procedure(read_table(PROCEDURE.replace("clue-received", "z"), "x.yaml"), PACK.cites)
    assert [fault.data["seen"] for fault in check_procedure(procedure, PACK.event_kinds)] == ["z"]


def test_an_unknown_type_of_field_is_refused():
    with pytest.raises(LawFault) as caught:
        parse_event_kind(read_table(KIND.replace("type: text", "type: poem"), "x.yaml"), PACK.cites)
    assert caught.value.code == "law-not-one-of"


CORE = """clue-received filing-extended filed not-filed evidence-preserved preservation-disposed seized seizure-extended seizure-lifted
examination-started examination-ended identification-started identification-ended suspended resumed decision-extended penalty-notice-served
statement-made hearing-requested hearing-notice-served hearing-held decided decision-served published decision-changed publicity-withdrawn
enforcement-demanded executed terminated closed transfer-proposed transfer-approved transfer-refused handed-over receipt-signed forwarded
materials-requested materials-supplied police-filed police-refused filing-notice-received refusal-received reconsideration-requested
reconsideration-decided supervision-requested explanation-demanded explained filing-ordered goods-handed-over not-prosecuted
returned-for-penalty complaint-received complaint-accepted complaint-rejected mediation-ended petition-received petition-filed copy-served
answer-received joined adjudication-extended adjudicated preservation-requested preservation-ruled preservation-executed suit-filed
agreement-effective confirmation-requested suspects-notified detention-requested detained court-notice-received released corrected
party-joined right-attached act-found goods-recorded exhibit-added note-added proceeding-opened""".split()


def test_every_event_kind_of_the_core_is_in_the_pack():
    assert set(CORE) <= set(PACK.event_kinds)


def test_every_procedure_is_reached_by_its_events():
    for procedure in PACK.procedures.values():
        named = {kind for stage in procedure.stages for kind in stage.entered_by}
        assert set(procedure.closed_by) <= named, procedure.id
        for kind in named:
            assert PACK.event_kinds[kind].belongs_to(procedure.id), (procedure.id, kind)


def test_no_event_leads_into_two_stages():
    for procedure in PACK.procedures.values():
        named = [kind for stage in procedure.stages for kind in stage.entered_by]
        assert len(named) == len(set(named)), procedure.id


def test_kinds_of_organ_that_hold_a_procedure_exist():
    assert {kind for procedure in PACK.procedures.values() for kind in procedure.held_by} <= set(PACK.organ_kinds)
