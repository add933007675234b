"""Policy documents made up for the benchmark: the same on every machine, of the size and shape of real ones."""

from __future__ import annotations

from pathlib import Path

from bot.supervisor.environment import PROJECT

SEEDS = PROJECT.parent / "shared" / "seeds"
"""Real documents, where the machine has them beside the checkout."""

_CITIES = ("云溪市", "长汀湾市", "白石市", "临渡市", "青禾市", "远山市", "双桥市", "望江县", "河口县", "松岭县", "梅浦县", "沙井县")
_ORDINALS = "一二三四五六七八九十"
_MEASURES = (
    (
        "一次性求职补贴",
        "发放对象为毕业学年内的{audience}，标准为每人{sum}元，每人限领一次",
        "申请人于每年{month}月底前向所在学校提出申请，学校在{days}个工作日内完成初审并公示",
    ),
    (
        "社会保险补贴",
        "企业招用{audience}并缴纳社会保险费的，按单位缴费部分给予补贴，期限不超过{years}年",
        "补贴先缴后补，企业按季度向参保地经办机构申报",
    ),
    (
        "见习补贴",
        "见习单位吸纳{audience}参加见习的，按每人每月{sum}元给予补贴，见习期限为{months}个月",
        "见习期满留用率达到百分之{share}以上的，补贴标准上浮百分之二十",
    ),
    ("创业担保贷款", "{audience}创办企业的，可申请最高{loan}万元的创业担保贷款，期限{years}年", "逾期不还的，取消贴息资格，并依法追偿"),
    (
        "租房补贴",
        "在本地就业并签订{years}年以上劳动合同的{audience}，每月补贴{sum}元，最长{months}个月",
        "申请材料包括身份证明、毕业证书、劳动合同和租赁合同",
    ),
    (
        "档案转递",
        "{audience}离校时，学校应当在{days}个工作日内将档案转递至工作单位或者户籍地公共就业服务机构",
        "档案由机要渠道或者派专人转递，个人不得自带",
    ),
    ("就业见习岗位", "全市全年募集见习岗位不少于{sum}个，其中机关事业单位岗位占百分之{share}", "岗位名单于{month}月前在网站公布，随时更新"),
    ("招聘活动", "每年{month}月举办面向{audience}的专场招聘会，场次不少于{months}场", "现场招聘会应当制定安全预案，网上招聘会全年不断"),
    ("困难帮扶", "对{audience}建立一人一档，提供至少一次职业指导、三次岗位推介", "帮扶情况每{days}个工作日更新一次，直至本人实现就业"),
    ("职业培训", "{audience}参加职业培训并取得证书的，给予{sum}元的培训补贴", "培训机构不得以培训为名诱导学员贷款"),
)
_AUDIENCES = ("高校毕业生", "离校未就业高校毕业生", "脱贫家庭毕业生", "残疾毕业生", "毕业两年内的高校毕业生", "技师学院毕业生")


def write_documents(folder: Path, count: int = len(_CITIES)) -> list[Path]:
    """Writes `count` documents (at most one a city) into the folder; their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, city in enumerate(_CITIES[:count]):
        path = folder / f"document-{number:02}.txt"
        path.write_text(_document(number, city), encoding="utf-8")
        paths.append(path)
    return paths


def real_documents() -> list[Path]:
    """The real documents beside the checkout, if there are any."""
    return sorted(SEEDS.glob("*.txt"))


def _document(number: int, city: str) -> str:
    lines = [
        f"{city}人力资源和社会保障局关于做好2026年高校毕业生就业创业工作的通知",
        f"{city[:2]}人社发〔2026〕{number + 3}号",
        "各区人力资源和社会保障局，各普通高等学校：",
        "为做好高校毕业生就业创业工作，落实各项扶持政策，现就有关事项通知如下。",
    ]
    for section in range(len(_MEASURES)):
        name, *sentences = _MEASURES[(section + number) % len(_MEASURES)]
        values = _values(number, section)
        lines.append(f"{_ORDINALS[section]}、落实{name}政策")
        lines += [f"（{_ORDINALS[i]}）{sentence.format(**values)}。" for i, sentence in enumerate(sentences)]
        lines.append(f"（三）{name}所需资金由{city}就业补助资金列支，各区应当于每月{1 + section}日前报送发放情况。")
    lines += ["本通知自印发之日起施行，有效期三年。", f"{city}人力资源和社会保障局", f"2026年3月{number + 5}日"]
    return "\n".join(lines) + "\n"


def _values(number: int, section: int) -> dict[str, object]:
    seed = 7 * number + section
    return {
        "audience": _AUDIENCES[seed % len(_AUDIENCES)],
        "sum": 800 + 100 * (seed % 23),
        "loan": 20 + 5 * (seed % 9),
        "years": 1 + seed % 3,
        "months": 3 + seed % 10,
        "month": 1 + seed % 12,
        "days": 5 + seed % 20,
        "share": 30 + seed % 50,
    }
