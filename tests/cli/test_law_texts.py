"""``zhibao law import``, ``texts`` and ``activate`` on an installation."""

import pytest

from tests import factories
from tests.apps.library import statutes
from zhibao.apps.library.models import LawText
from zhibao.apps.organs.models import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def product(tmp_path_factory):
    return statutes.copy_packs(tmp_path_factory.mktemp("product"))


@pytest.fixture(autouse=True)
def tea(settings, tmp_path, product, province_agency):
    """An installation with one invented law in its packs, and a law officer."""
    root = statutes.write_layer(tmp_path)
    settings.HOME, settings.ZHIBAO_LAW = tmp_path, (*product, root)
    factories.make_person(province_agency, Role.LAW_OFFICER, username="zhou")
    return root


@pytest.fixture
def folder(tmp_path):
    found = tmp_path / "texts"
    (found / "old").mkdir(parents=True)
    (found / "old" / "tea.md").write_text(statutes.OLD)
    (found / "new.txt").write_text(statutes.NEW, encoding="gb18030")
    (found / "water.md").write_text("# 水法\n第一条 甲。")
    (found / "twice.md").write_text("第一条 甲。\n第一条 乙。")
    (found / "picture.png").write_bytes(b"\x89PNG")
    return found


def test_a_folder_is_imported_file_by_file_and_again_changes_nothing(run, folder):
    told = run("law", "import", folder, "--as", "zhou", "--json")
    assert told.code == 0
    assert {name: told.json[name] for name in ("files", "imported", "same", "unmatched", "refused")} == {
        "files": 4, "imported": 3, "same": 0, "unmatched": 1, "refused": 1,
    }  # fmt: skip
    by_file = {one["file"].rpartition("/")[2]: one for one in told.json["texts"]}
    assert (by_file["tea.md"]["version"], by_file["tea.md"]["articles"], by_file["tea.md"]["findings"]) == (
        "2019",
        7,
        [],
    )
    assert by_file["twice.md"]["error"]["code"] == "law-text-article-twice"
    assert by_file["water.md"]["why"]
    again = run("law", "import", folder, "--as", "zhou", "--json").json
    assert (again["imported"], again["same"]) == (0, 3)


def test_a_person_is_told_what_became_of_each_file_and_how_to_tell_the_rest(run, folder):
    told = run("law", "import", folder, "--as", "zhou", "--lang", "zh").out
    assert "在用  中华人民共和国茶叶标识法  cn.tea-labels@2026  7 条" in told
    assert "未对上  水法" in told
    assert "--instrument" in told
    assert "第 1 行和第 2 行" in told
    assert told.splitlines()[-1] == "4 个文件：新导入 3（其中未对上 1），已有 0，未收 1。"


def test_a_sidecar_and_the_options_tell_the_version(run, folder):
    (folder / "water.md.yaml").write_text("instrument: cn.tea-labels\nversion: '2026'\n")
    told = run("law", "import", folder / "water.md", "--as", "zhou", "--json").json["texts"][0]
    assert (told["instrument"], told["version"], told["how"]) == ("cn.tea-labels", "2026", "told")
    assert {one["kind"] for one in told["findings"]} == {"no-article"}
    other = run(
        "law",
        "import",
        folder / "new.txt",
        "--as",
        "zhou",
        "--instrument",
        "cn.tea-labels",
        "--version",
        "2019",
        "--json",
    )
    assert other.json["texts"][0]["version"] == "2019"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("twice.md",), "law-text-article-twice"),
        (("nowhere.md",), "input-missing"),
        (("picture.png",), "law-text-wrong-kind"),
        (("new.txt", "--instrument", "cn.coffee"), "law-no-such-version"),
    ],
)
def test_one_file_that_is_no_law_is_an_error(run, folder, words, code):
    told = run("law", "import", folder / words[0], *words[1:], "--as", "zhou", "--json")
    assert (told.code, told.error["code"]) == (2, code)
    assert not LawText.objects.exists()


def test_nobody_else_imports(run, folder, handler):
    told = run("law", "import", folder / "new.txt", "--as", "handler", "--json")
    assert (told.code, told.error["code"]) == (2, "deed-not-allowed")


def test_texts_lists_them_and_ends_with_1_where_the_pack_cites_what_they_lack(run, folder):
    run("law", "import", folder / "old", folder / "new.txt", "--as", "zhou")
    told = run("law", "texts", "--as", "zhou", "--json")
    assert (told.code, len(told.json["texts"]), told.json["findings"]) == (0, 2, [])
    short = folder / "short.md"
    short.write_text(statutes.NEW.replace("（四）水温。\n", ""))
    run("law", "import", short, "--as", "zhou")
    told = run("law", "texts", "--as", "zhou")
    assert told.code == 1
    assert "cn.tea-labels@2026/4/1" in told.out


def test_activate_takes_what_holds_and_says_what_does_not(run, tea):
    told = run("law", "activate", "--json")
    assert (told.code, told.json["activated"], told.json["changed"]) == (0, True, True)
    assert "nothing changed" in run("law", "activate").out
    path = tea / "deadlines" / "tea.reply.yaml"
    path.write_text(path.read_text().replace("cn.tea-labels/5", "cn.tea-labels/55"))
    broken = run("law", "activate")
    assert broken.code == 1
    assert "law/cn-tea/deadlines/tea.reply.yaml:18" in broken.out
    assert f"law pack {told.json['law_pack'][:12]} stays in use" in broken.out
