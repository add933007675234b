"""What a posting offers or denies: 双休, 不加班, 包住, 包吃, 户口, 远程, 实习, 编制. Each with the phrase that says so, letter for letter.

A phrase counts only where it is said outright. What depends on something (表现优秀可解决户口, 转正后双休) or may be asked for says nothing;
a denial (不包吃住, 无编制) says no. Where a posting says both, nothing follows and no phrase is given.

Meals: 包吃, 包午餐, 工作餐 and a meal allowance (餐补) count; a canteen alone does not, for one pays there, nor fruit and tea.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.postings.fields.cleaning import compact, narrow, plain
from knowledge.postings.record import TRAITS, Trait, TraitName

_CLAUSES = re.compile(r"[^,，。;；!！?？\n]+")
_ITEMS = re.compile(r"[^、+＋|/·]+")
_DEPENDS = re.compile(
    r"试用期(?!不|也|同|即)|转正后|转正可|淡季|旺季|忙时|如果|若(?!干)|视.{0,6}而定|视情况|优秀者|"
    r"优异者|表现(?:优|突出|良)|符合.{0,8}条件|满足.{0,8}条件|条件的|满[一二三四五六七八九十两半\d]+年|"
    r"工作[一二三两\d]+年后|部分(?:岗位|城市|地区|员工|时间)|特殊(?:情况|天气|时期)|疫情|有机会|"
    r"机会|可申请|可考虑|争取|原则上|有望|指标有限|积分|外地(?:员工|的|户籍)|异地|偏远|驻外人员|"
    r"夜班(?:人员|员工)|疫时"
)
_YES = re.compile(r"(?:是|有|提供|包|支持|可|可以|解决|√|✓|y|yes|true|1|包含|含)")
_NO = re.compile(r"(?:否|无|没有|不|不提供|不包|不支持|不可|不可以|不解决|×|✗|n|no|false|0|不含|暂无)")
_NOT = r"(?:不|无|没有?|非|未|暂无|暂不|并非|不是|不能|无法|无须|不予|不再|谢绝|拒绝|告别|取消|不享受|不涉及)"

_DENIED_LIST = re.compile(rf"{_NOT}[\u4e00-\u9fff]{{0,6}}、")
"""A denial may hold for a whole list: 无宿舍、餐补."""


@dataclass(frozen=True)
class _Rule:
    """How one trait is said; `denied` wins over `offered` on the same words. `elsewhere` are words that look alike and mean something else.

    What has none of the words of `gate` says nothing of it: most clauses are passed over by that alone.
    """

    gate: re.Pattern[str]
    offered: re.Pattern[str]
    denied: re.Pattern[str]
    elsewhere: re.Pattern[str]


_PROVIDE = r"(?:提供|安排|解决|配备|配有|配|含|有|享|入住|设有)"
_LODGING = (
    r"(?:(?:免费|员工|职工|人才|单身|公司|集体|优质|舒适|空调|独立|单人|双人|[单双二四两]人间?|"
    r"教师|公寓式|拎包入住|的|式){0,4}(?:宿舍|公寓|住宿|住房|食宿|吃住))"
)
_MEAL = r"(?:早餐?|午餐?|晚餐?|中餐?|三餐|工作餐|两餐|一餐|餐|饭|员工餐|免费餐|食|吃)"
_RULES: dict[TraitName, _Rule] = {
    "weekends_off": _Rule(
        re.compile("休|工作|周|965|955|996|天"),
        re.compile(
            r"(?:周末|周六日|周六周日|法定|固定|正常|享受?|每周|国家法定)?双休(?:日?(?:休息)?|制)|周末双休|"
            r"双休|五天八小时(?:工作制)?|5天8小时(?:工作制)?|5天7小时|五天七小时|8小时五天|"
            r"[做上]五休二|[做上]5休2|(?:每周|周)?(?:工作)?(?:五|5)天(?:工作制|制|工作)|每周工作(?:五|"
            r"5)(?:天|日)|周末(?:休息|双休|不上班)|周六周?日休息?|周一至周五|(?<!\d)(?:955|965)(?!\d)|"
            r"朝九晚[五六]双休"
        ),
        re.compile(
            rf"{_NOT}(?:能|可|有|保证)?(?:正常)?(?:周末)?双休|单双休(?:轮换|轮流|交替)?|大小[周休]|隔周双休|"
            rf"月休[四4]天|[做上]六休一|[做上]6休1|六休一|6休1|单休|[只仅]休周日|周日(?:单独)?休息|周末单休|"
            r"(?:每周|周)?(?:工作)?(?:六|6)天(?:工作制|制)|每周工作(?:六|6)(?:天|日)|每周休(?:一|1)天|(?<!\d)996(?!\d)|周休一日"
        ),
        re.compile(
            rf"{_NOT}单休|{_NOT}大小周|{_NOT}单双休|{_NOT}996|周一至周五(?=.{{0,12}}(?:接待|咨询|报名|"
            rf"投递|受理|联系|电话|值班))|不保证双休|双休日(?=值班|加班|轮班|出勤)"
        ),
    ),
    "no_overtime": _Rule(
        re.compile("加班|下班|996"),
        re.compile(
            r"(?:不|不用|不需要?|无需|无须|没有|无|零|0|从不|杜绝|拒绝|告别|谢绝|不提倡|不鼓励|不强制)加班(?!费)(?:文化)?|"
            r"(?:几乎|基本上?|一般|平时)(?:不用?|没有|无)加班|(?:极少|很少|少有|较少)加班|加班(?:极|很|较)?少|(?:准点|到点|按时)下班"
        ),
        re.compile(
            r"(?<![不无没未])(?<!不需)(?<!无需)(?:需要?|须|要|能|可|愿意?|接受|适应|服从|配合|经常|偶尔|偶有|时有|常)(?:能|够|接受|适应|要|有)*(?:一定|适当|适度|高强度|公司|项目|临时|周末|节假日|"
            r"短期|阶段性|必要|的)*加班|加班(?:较|很|比较)?多|(?<!\d)996(?!\d)"
        ),
        re.compile(r"加班(?:费|补贴|补助|津贴|工资|调休|餐|薪|有补|给钱|按)|不(?:怕|介意|抗拒|排斥)加班|(?:不|无)996"),
    ),
    "housing": _Rule(
        re.compile("住|宿|公寓"),
        re.compile(
            rf"{_PROVIDE}{_LODGING}|包食宿|包吃住|包吃包住|包住宿?(?!院)|管吃住|管食宿|管住|免费(?:员工|"
            rf"职工)?(?:宿舍|住宿|食宿|公寓|吃住)|(?:员工|职工|人才)(?:宿舍|公寓)(?=$)|食宿全包|食宿免费|宿舍免费|"
            rf"住宿免费|可住宿|"
            r"^(?:有)?(?:宿舍|住宿|食宿|吃住|包住)$|^食宿$"
        ),
        re.compile(
            rf"{_NOT}(?:提供|包|含|安排|解决|管|负责|配)?(?:员工)?(?:食宿|吃住|住宿|宿舍|公寓|住(?!院|"
            rf"房公积金))|(?:食宿|住宿|吃住|宿舍)(?:费用?)?(?:需|须|要)?(?:自理|自行解决|自费|自备)"
        ),
        re.compile(
            r"(?:住宿|宿舍|食宿|住房|公寓)(?:补贴|补助|津贴|公积金|补|费|管理|安全|卫生|检查|巡查|建设|"
            r"区|用品|预订|行业|员)|(?:学生|酒店|客人|旅客|游客|宾客|会议|客户)[\u4e00-\u9fff]{0,4}(?:宿舍|"
            r"住宿|食宿|公寓)|"
            r"(?:宿舍|公寓|住宿)(?:管理|运营|租赁|销售|服务|项目|预订|登记|的?维修|维护)|不限(?:于)?住"
        ),
    ),
    "meals": _Rule(
        re.compile("餐|饭|吃|食"),
        re.compile(
            rf"(?:包|管|免费(?:提供)?|提供(?:免费)?(?:的)?){_MEAL}(?:住|宿|包住)?(?!材|品|饮|饮业|堂)|"
            rf"[包管]吃|食宿全包|食宿免费|包食宿|提供食宿|(?:提供|安排|解决)(?:免费)?(?:食宿|吃住)|免费(?:工作|"
            rf"员工|自助)?餐|免费食堂|"
            r"(?:餐|饭|伙食|用餐|午餐|餐饮|餐费|误餐|就餐|工作餐|吃饭)(?:费)?(?:补贴|补助|津贴|补)|餐补|饭补|^工作餐$|^免费三餐$|^三餐$"
        ),
        re.compile(
            rf"{_NOT}(?:提供|包|含|安排|管|负责)?(?:食宿|吃住|餐补|饭补|工作餐|三餐|午餐|餐(?!饮)|吃(?!苦))|"
            rf"(?:食宿|吃住|餐食|伙食|就餐|用餐|餐费|午餐)(?:费用?)?(?:需|须|要)?(?:自理|自行解决|自费)"
        ),
        re.compile(r"(?:提供|负责)(?:餐饮服务|用餐服务)|包餐厅|早餐店|午餐肉|聚餐|餐饮(?:行业|经验|管理|服务)"),
    ),
    "hukou": _Rule(
        re.compile("户口|落户|进京|留京"),
        re.compile(
            r"(?:可以?|能|协助|帮助|提供|办理|给予?|解决|支持|享受?|协办|代办|包|有){1,3}(?:办理?|解决|"
            r"提供|给)?(?:北京|上海|天津|广州|深圳|杭州|进京|留京|落京|本市|本地|当地|城市|应届生?|毕业生|"
            r"员工|集体|人才){0,2}(?:户口|落户)"
            r"(?:指标|名额|机会|问题|手续|服务|支持|政策)?|(?:户口|落户|进京|留京)(?:指标|名额)|入职即?可?落户"
        ),
        re.compile(
            rf"{_NOT}(?:能|可|提供|解决|办理|协助|负责|支持|涉及|含|给予|包)*(?:北京|上海|本市|本地)?(?:户口|"
            rf"落户)(?!要求|限制|不限)(?:指标|名额|问题)?|(?:户口|落户)(?:指标)?(?:自理|自行解决)"
        ),
        re.compile(
            r"(?:落户|安家|户口)(?:补贴|补助|津贴|奖励|费)|(?:本地|本市|当地|外地|城镇|农村|非农|农业|"
            r"[\u4e00-\u9fff]{2,3}市?)户口(?:优先|者|的|人员|即可|均可|不限|要求|亦可|限)|户口(?:不限|"
            r"所在地|本|簿|性质|类型|迁移|要求|限制|在|页|登记|管理|优先|须|需|为)|"
            r"(?:限|需|须|要求|具有|持有|持|具备|拥有|必须|仅限|只招|优先)[\u4e00-\u9fff]{0,6}户口|落户(?:咨询|"
            r"客户|企业|项目|园区|企业服务|产业|办理业务|业务|代办|专员|顾问)|项目落户|企业落户|产业落户|"
            r"负责[\u4e00-\u9fff]{0,10}落户|"
            r"(?:员工|社保)[\u4e00-\u9fff、]{0,10}落户(?:办理|手续)"
        ),
    ),
    "remote": _Rule(
        re.compile("远程|居家|在家|线上|remote|wfh|home|坐班|到岗|办公|异地"),
        re.compile(
            r"(?:可|支持|接受|允许|全程|全职|长期|完全|可全程|可长期|纯)*(?:居家|在家|远程|线上|异地)(?:办公|"
            r"工作|上班)(?:为主)?|(?:可|支持|接受|允许|全程|完全|纯|全职)远程(?!面试|协助|支持|控制|"
            r"监控|教育|医疗|会议|培训|运维|技术|诊)|远程(?:岗位?|职位|全职|为主)|"
            r"(?<![a-z])(?:remote|wfh|workfromhome|work from home)(?![a-z])|^远程$|办公地点不限|"
            r"(?:可|支持|接受|允许)居家(?!养老|护理|保洁|照护|照料|服务)"
        ),
        re.compile(
            rf"{_NOT}(?:支持|接受|可|可以|允许|提供|能|得|属于|是|安排)*(?:居家|远程|在家|线上)(?:办公|"
            rf"工作|上班|岗位?)?|(?<![无不])需到岗(?:办公|上班)|必须坐班|(?<![无不])[须需]坐班|要求坐班"
        ),
        re.compile(
            r"每[周月](?:可|有|最多)?[\u4e00-\u9fff]{0,3}(?:远程|居家)?[一二两三四1-4\d]天(?:可)?(?:远程|"
            r"居家|在家)|(?:可|有|每[周月])?[\u4e00-\u9fff]{0,4}(?:居家|远程|在家)(?:办公|工作)(?:[一二两三1-3\d]天|"
            r"日)|(?:远程|居家|线上)办公(?:系统|软件|平台|产品|工具|设备|解决方案)|(?:管理|协调|支持)[\u4e00-\u9fff]{0,4}远程(?:办公|"
            r"工作)(?:团队|人员|员工)"
        ),
    ),
    "internship": _Rule(
        re.compile("实习|全职"),
        re.compile(
            r"(?:招聘|招募|急招|诚聘|诚招)[\u4e00-\u9fff]{0,8}实习生?|(?:本|该)(?:岗位|职位)(?:为|是|"
            r"属)(?:长期|短期|寒假|暑期)?实习(?:岗位?|性质|生)?|(?:长期|短期|日常|暑期|寒假|带薪)实习(?:岗|"
            r"生|$)|实习(?:岗位?|生岗位?|职位|性质)$|实习可转正|可转正实习|实习(?:转正|留用)机会|实习期(?:至少|"
            r"不少于|不低于|满)?[\d一二三四五六]+个月|实习(?:时间|周期)(?:至少|不少于|[:：])"
        ),
        re.compile(rf"{_NOT}(?:招|接受|招聘|招收|是|为|属)?实习(?:生|岗位?)?(?!经)|全职岗位"),
        re.compile(
            r"实习(?:经历|经验|证明|指导|管理|基地|教师|评价|报告)|(?:带教|管理|指导|培养|带领|负责)[\u4e00-\u9fff]{0,6}实习生?|"
            r"实习生(?:管理|培养|招聘|留用|带教)|(?:有|具有|相关)[\u4e00-\u9fff]{0,8}实习"
        ),
    ),
    "tenured": _Rule(
        re.compile("编"),
        re.compile(
            r"(?:事业|行政|公务员|教师|正式|国家|全额|差额|财政|参公|在|纳入|属于?|享受?|有|带|提供|"
            r"解决|落实|给予|入|占|实名|正式在){1,3}编制?(?:内)?(?:岗位?|人员|名额|指标|身份|管理|教师|"
            r"员工|岗位聘用)?$|"
            r"(?:有|带|提供|解决|落实|纳入|给予)(?:事业|正式|教师|行政|全额|财政)?(?:单位)?编制(?:内)?(?:岗位?|"
            r"名额|指标|身份|管理|待遇)?(?=$|[(（])|(?:事业|行政|公务员|教师|正式|全额拨款|参公|公办)(?:单位)?(?:编制|"
            r"编)(?:内)?(?:岗位?|人员|教师|名额|身份)?(?!预算|内控|报表|计划|方案|说明|底稿|文件|程)|"
            r"^编制(?:内|岗|:有|：有)?(?:岗位|人员|教师)?$|编制内(?:岗位?|人员|教师|用工|招聘)|(?:在编|"
            r"入编|带编|占编|落编)(?:在岗)?(?=$|岗|人员|教师|工作|招聘|[(（])"
        ),
        re.compile(
            r"非(?:事业|在|占)?编制?(?:内|岗|人员|性质|教师)?(?!程)|编外(?:人员|岗位?|用工|聘用|教师)?|"
            r"(?:无|没有|不(?:占|带|入|含|纳入|属于|提供|解决|涉及|是|在|列入)|未纳入|不给)(?:事业|正式|"
            r"在)?(?:单位)?编制?(?:内)?(?:岗位?|名额)?(?!程|辑|写|剧|码)"
        ),
        re.compile(
            r"(?:同|与|参照|按|比照|享受?|等同于?)[\u4e00-\u9fff]{0,8}(?:在编|编制内|编内|编制)[\u4e00-\u9fff]{0,6}(?:待遇|"
            r"同等|一致|相同|标准|薪酬|同酬)|同编同酬|备案制|员额制|人员控制(?:数|总量)|(?:入编|编制)考试|"
            r"考编|(?:负责|参与|协助|独立|能|会|完成|每日|按时|及)编制|有编制[\u4e00-\u9fff]{0,8}(?:经验|"
            r"能力)|无编程|不编程"
        ),
    ),
}


def read_traits(title: str, texts: Iterable[str], columns: dict[TraitName, tuple[str, str]] | None = None) -> dict[TraitName, Trait]:
    """What the title, the benefits and the description say; `columns` are columns of their own, each with its name and what stands there.

    >>> read_traits("会计", ["双休，五险一金，包住"])["housing"]
    Trait(value=True, evidence='包住')
    """
    found: _Found = {name: {} for name in TRAITS}
    _from_title(title, found)
    for text in texts:
        _from_text(text, found)
    for name, (column, value) in (columns or {}).items():
        _from_column(name, column, value, found)
    return {name: Trait(*next(iter(said.items()))) for name, said in found.items() if len(said) == 1}


_Found = dict[TraitName, dict[bool, str]]
"""Trait → what is said of it, yes or no → the first phrase that says so."""
_TITLES: tuple[tuple[TraitName, re.Pattern[str]], ...] = (
    ("internship", re.compile(r"实习(?!指导|教师|管理|基地|经历)")),
    ("remote", re.compile(r"远程(?!教育|医疗|监控|技术|支持|运维|控制|诊断|会诊|销售)|居家办公|线上办公|remote")),
)
_IN_TITLE: tuple[TraitName, ...] = ("tenured", "weekends_off", "housing", "hukou")
_BRACKETED = re.compile(r"[(\[【]([^()\[\]【】]+)[)\]】]")


def _from_title(title: str, found: _Found) -> None:
    """A title names the kind of work, and in brackets what is offered (护士（编制）)."""
    read = plain(title).lower()
    for name, pattern in _TITLES:
        if match := pattern.search(read):
            found[name].setdefault(True, title.strip() if name == "internship" else title[match.start() : match.end()])
    for remark in _BRACKETED.finditer(read):
        for name in _IN_TITLE:
            if said := _said(_RULES[name], remark[1]):
                value, start, end = said
                found[name].setdefault(value, title[remark.start(1) + start : remark.start(1) + end])


def _from_text(text: str, found: _Found) -> None:
    read = plain(text).lower()
    if len(read) != len(text):
        read = narrow(text)
    for clause in _CLAUSES.finditer(read):
        if _DEPENDS.search(clause[0]):
            continue
        list_denied = _DENIED_LIST.match(clause[0].lstrip()) is not None
        for item in _ITEMS.finditer(clause[0]):
            blanks = len(item[0]) - len(item[0].lstrip())
            offset = clause.start() + item.start() + blanks
            for name, rule in _RULES.items():
                said = _said(rule, item[0].strip())
                if said and not (list_denied and said[0]):
                    found[name].setdefault(said[0], text[offset + said[1] : offset + said[2]])


def _said(rule: _Rule, text: str) -> tuple[bool, int, int] | None:
    """Whether a text offers or denies, and where; what only looks alike is blotted out first."""
    if not rule.gate.search(text):
        return None
    text = rule.elsewhere.sub(lambda match: "·" * len(match[0]), text)
    if match := rule.denied.search(text):
        return False, match.start(), match.end()
    match = rule.offered.search(text)
    return (True, match.start(), match.end()) if match else None


def _from_column(name: TraitName, column: str, value: str, found: _Found) -> None:
    """A column of its own says yes or no, or in words; it outdoes what the free text says."""
    short = compact(value)
    answer = True if _YES.fullmatch(short) else False if _NO.fullmatch(short) else None
    if answer is None and name == "internship":
        answer = True if "实习" in short and "全职" not in short else False if "全职" in short and "实习" not in short else None
    if answer is not None:
        found[name] = {answer: f"{column}：{value}"}
        return
    own: _Found = {each: {} for each in TRAITS}
    _from_text(value, own)
    found[name] = own[name] or found[name]
