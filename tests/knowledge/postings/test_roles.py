"""Which occupations titles and messages name, errors in typing included."""

import pytest

from core.text.folding import fold
from core.text.pinyin import sounds
from knowledge.postings.fields.roles import accepted, mentions, near, role_names, roles, roles_in
from knowledge.postings.fields.typing_errors import corrected

TITLES = [
    ("后端开发（Java）", ("后端开发", "Java开发")),
    ("Java后端开发工程师", ("Java开发", "软件开发")),
    ("PLC工程师（实习）", ("电气",)),
    ("综合柜员", ("银行柜员",)),
    ("客户经理助理", ("银行柜员",)),
    ("小学语文教师", ("小学教师", "教师")),
    ("人事行政专员", ("人事", "行政")),
    ("销售数据分析师", ("数据分析",)),
    ("电商客服", ("客服",)),
    ("电商", ("电商运营",)),
    ("AI产品经理", ("产品经理",)),
    ("測試開發工程師", ("测试",)),
    ("会计师事务所审计助理", ("审计",)),
    ("ＵＩ设计师　", ("UI设计",)),
    ("会记", ("会计",)),
    ("前段开发", ("前端开发",)),
    ("行正专员", ("行政",)),
    ("building manager", ()),
    ("宇航员", ()),
    ("", ()),
]


@pytest.mark.parametrize(("title", "expected"), TITLES)
def test_a_title_names_its_occupations(title: str, expected: tuple[str, ...]) -> None:
    assert roles_in(title) == expected


def test_every_role_is_found_by_its_own_words() -> None:
    missed = {
        (role.name, word)
        for role in roles().values()
        for word in (*role.titles, *role.written, *role.said)
        if not {role.name, *role.stands_for} & set(roles_in(word))
    }
    assert not missed


def test_roles_are_as_many_as_graduates_apply_for_and_loosen_to_others() -> None:
    assert len(role_names()) >= 150
    assert all(near([name]) for name in role_names() if name not in ("设计", "IT", "设计"))


@pytest.mark.parametrize(
    ("wish", "also"),
    [
        ("运营", {"新媒体运营", "电商运营"}),
        ("财务", {"会计", "出纳", "审计"}),
        ("IT", {"Java开发", "测试"}),
        ("教师", {"小学教师"}),
        ("行政", {"文员"}),
    ],
)
def test_a_general_wish_takes_the_narrower_occupations(wish: str, also: set[str]) -> None:
    assert also < set(accepted([wish]))
    assert accepted([wish])[0] == wish


def test_a_narrow_wish_takes_no_general_occupation() -> None:
    assert "销售" not in accepted(["新媒体运营"])
    assert "软件开发" not in accepted(["Java开发"])


def test_short_forms_count_in_messages() -> None:
    assert [mention.roles for mention in mentions(fold("重庆 产品 或者 运营"))] == [("产品经理",), ("运营",)]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("深证 会记", "深圳 会计"),
        ("广洲", "广州"),
        ("湘谭 离家近", "湘潭 离家近"),
        ("郑洲java", "郑州java"),
        ("冲庆", "重庆"),
        ("厦们", "厦门"),
        ("运赢岗位", "运营岗位"),
    ],
)
def test_a_wrong_character_of_the_same_sound_is_mended(written: str, meant: str) -> None:
    assert corrected(written) == meant


@pytest.mark.parametrize(
    "words",
    ["我会记得的", "上面那些太远了", "没有项目经历", "会影响找工作吗", "成功人士", "程度如何", "没人理我", "家具设计", "简历造假", "北京 会计", ""],
)
def test_words_that_only_sound_so_stay(words: str) -> None:
    assert corrected(words) == words


@pytest.mark.parametrize(("one", "other", "alike"), [("证", "圳", True), ("快", "会", True), ("沙", "都", False)])
def test_near_sounds_are_one(one: str, other: str, alike: bool) -> None:
    assert bool(sounds(one) & sounds(other)) is alike
