from zhibao.kernel.labels import Label


def test_a_label_says_its_name_in_both_languages():
    assert (Label("立案", "filing").say("zh"), Label("立案", "filing").say("en")) == ("立案", "filing")
