"""What must be proved: by act, channel and day."""

from datetime import date

from zhibao.rules.evidence_matrix import CHANNELS


def test_eight_kinds_of_right_have_a_matrix(pack):
    rights = {right for matrix in pack.evidence_matrices.values() for right in matrix.rights}
    assert rights >= {
        "trademark", "patent-invention", "patent-utility-model", "patent-design", "copyright", "trade-secret",
        "geographical-indication", "plant-variety", "ic-layout",
    }  # fmt: skip


def test_a_matrix_answers_in_its_channels_only(pack):
    matrix = pack.evidence_matrices["ev.layout.copy"]
    day = date(2026, 11, 23)
    assert [element.id for element, _ in matrix.on("civil", day)] == ["right", "copy", "loss"]
    assert matrix.on("criminal", day) == ()


def test_the_burden_of_a_trade_secret_moves_under_both_laws(pack):
    matrix = pack.evidence_matrices["ev.trade_secret.infringe"]
    for day, article in ((date(2025, 10, 14), "32"), (date(2025, 10, 15), "39")):
        shifts = [demand.shift.cite.article for _, demand in matrix.on("civil", day) if demand.shift]
        assert set(shifts) == {article}


def test_statements_are_taken_again_and_things_are_not(pack):
    elements = {element.id: element.retake for element in pack.evidence_matrices["ev.trademark.sell"].elements}
    assert elements == {"right": False, "counterfeit": False, "knowledge": True, "sales": False}


def test_channels_are_named(pack):
    used = {
        channel
        for m in pack.evidence_matrices.values()
        for e in m.elements
        for d in e.demands
        for channel in d.channels
    }
    assert used == set(CHANNELS)
