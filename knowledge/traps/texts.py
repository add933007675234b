"""Every sentence of an assessment. The law named in an advice is on file (knowledge/pack/entries); numbers are national lines on file there."""

from __future__ import annotations

from knowledge.traps.model import Level

KINDS = {
    "entry_fee": "入职收费",
    "training_loan": "培训贷",
    "brushing": "刷单垫付",
    "doc_seizure": "扣押证件",
    "overseas": "境外高薪",
    "paid_referral": "付费内推",
    "unpaid_trial": "白干试岗",
    "pyramid": "传销拉人",
    "sell_tripartite": "买卖三方",
    "black_agency": "黑中介",
    "fake_soe_hr": "假冒国企",
    "fake_bianzhi": "卖编制",
    "data_theft": "套取信息",
    "fake_platform": "假平台充值",
    "money_mule": "借卡转账",
    "escort": "色情陪侍",
    "contract_trap": "合同陷阱",
    "false_offer": "夸大招工",
    "resembles": "像陷阱的说法",
}
"""What each kind of signal is called."""

ADVICE = {
    "entry_fee": "用人单位和中介都不能向求职者收押金、服装费、体检费等任何名目的钱（劳动合同法第九条）。不要交，说“下个月退”的也不要交。",
    "training_loan": "要贷款、分期交培训费才给上岗的，是培训贷。不要签、不要刷脸、不要把手机交给对方；正规单位的岗前培训不要你出钱。",
    "brushing": "要先垫钱、充值再返的都是刷单骗局，前几单返现是引你加钱。不要垫付，也不要下载对方给的软件。",
    "doc_seizure": "任何单位和个人都不能扣押身份证、毕业证等证件（劳动合同法第九条、居民身份证法第十五条）。原件只给看，当场拿回，复印件写明用途。",
    "overseas": "这类境外高薪招工很多是骗去做诈骗的，到了就会被收护照、限制自由。不要出境，不要去边境“集合”；正规外派会办工作签证、在国内签合同。",
    "paid_referral": "花钱买内推、买实习、保录用都靠不住，给的证明背景调查时过不了关。企业的内推不向候选人收钱，请走官网投递。",
    "unpaid_trial": (
        "只要干活就该给钱：试用期工资不能低于约定工资的八成，也不能低于当地最低工资（劳动合同法第二十条）。不发钱的试岗、试稿不要做，干过的留好记录。"
    ),
    "pyramid": "要先交钱或买货才能加入、靠拉人拿钱的是传销（禁止传销条例第七条）。不要交钱、不要去外地“考察”，也不要叫同学来。",
    "sell_tripartite": "代签三方、买卖协议、代盖公章都是造假，会影响你的去向登记，公章多半是私刻的。不要买，也不要把自己的协议卖给别人。",
    "black_agency": (
        "中介要有人力资源服务许可，收费项目和投诉电话要贴在店里（人力资源市场暂行条例第十八条、第三十二条）。先收钱、抽工时费、不给合同的不要去。"
    ),
    "fake_soe_hr": "国企、央企招聘都在官网公布，不会用私人微信、个人账户招人收钱。先按官网上的电话打回去核实，不要转账。",
    "fake_bianzhi": "编制都要公开招考，没有能花钱买的“内部名额”。收钱办编制的都是骗局，钱给出去很难要回来。",
    "data_theft": "密码、验证码、手持身份证照片、人脸视频都不要给，也不要共享屏幕：拿到就能用你的名义贷款、开户。登记工资卡只需卡号，入职后再填。",
    "fake_platform": "要先充值、买会员、交激活费才派单或给面试的平台是假的。不要付款，用学校就业网或正规招聘网站重新查这家单位。",
    "money_mule": "出租、出借银行卡、电话卡、收款码，或替人收款取现，是违法的，还可能涉嫌犯罪（反电信网络诈骗法第三十一条）。不要做。",
    "escort": "这类“模特、陪玩、公关”招工多半要你陪酒陪侍，或拿私密照要挟。不要去，不要发照片；对方有威胁的话马上打 110。",
    "contract_trap": "空白合同、欠条、放弃社保的声明都不要签。除了单位出钱的专项培训和竞业限制，不能约定由你付违约金（劳动合同法第二十五条）。",
    "false_offer": "钱多、活轻、什么都不要求、加微信才细说，是常见的诱饵。先问清单位全名，再自己去查，问不出来就不要去。",
    "resembles": "这句话和常见的招聘陷阱很像。涉及交钱、交证件、签字的，先问清楚并核实，再做决定。",
}

OPENING = {
    Level.HIGH: "这里面有明显的陷阱信号，先停下：不要交钱，不要给证件，不要签字。",
    Level.MEDIUM: "这里面有需要当心的地方，弄清楚之前先别交钱、别给证件、别签字。",
    Level.LOW: "这段内容里没有看到常见的陷阱信号。没看到不等于单位可靠，我也没办法替你判断某一家单位，请再自己核实：",
    Level.UNKNOWN: "把招聘信息、聊天内容或录用通知的文字直接发给我，或者发一张截图，我帮你看里面有没有陷阱。",
}
SIGNAL = "{number}. “{phrase}”（{kind}）：{advice}"
STEPS_HEAD = "现在这样做："
PHONES_HEAD = "可以打："
CAVEAT = "我只看你发来的文字，没办法替你判断某一家单位是真是假。"

_STOP = "先停下来：不转账、不充值、不贷款，不点对方的链接，不下载对方给的软件。"
_EVIDENCE = "留好证据：招聘页面、聊天、对方账号、收款码、转账记录、合同，先截图存好，不要删。"
_VERIFY = "核实单位：在国家企业信用信息公示系统按全名或统一社会信用代码查登记，再从官网或学校就业网找电话打回去，别用对方给的号码。"
_NEVER_PAY = "任何时候都不要为了得到工作先交钱，证件原件不离手，合同看完再签。"
_SEND_MORE = "对方后来提出收费、贷款、押证件，或换到私人微信谈的，把新的内容再发给我看。"
_PERSON = "已经交了钱、签了贷款或证件被拿走的，告诉我或点“转人工”，老师会帮你。"

STEPS = {
    Level.HIGH: (_STOP, _EVIDENCE, _VERIFY, _PERSON),
    Level.MEDIUM: (_STOP, _VERIFY, _EVIDENCE, _PERSON),
    Level.LOW: (_VERIFY, _NEVER_PAY, _SEND_MORE),
    Level.UNKNOWN: (_NEVER_PAY, _VERIFY),
}

POLICE, FRAUD, LABOUR, LAW, CONSUMERS = "110", "96110", "12333", "12348", "12315"
PHONE_LABELS = {
    POLICE: "报警：已经被骗、被限制自由",
    FRAUD: "反诈咨询：拿不准是不是诈骗",
    LABOUR: "人社：单位、中介违规收费、扣证、欠薪",
    LAW: "免费法律咨询",
    CONSUMERS: "消费投诉：付费培训、付费内推退款（能否受理请先核实）",
}
_USUAL = (POLICE, FRAUD, LABOUR)
PHONES = {
    "training_loan": (POLICE, FRAUD, LABOUR, LAW, CONSUMERS),
    "paid_referral": (POLICE, FRAUD, CONSUMERS),
    "fake_platform": (POLICE, FRAUD, CONSUMERS),
    "unpaid_trial": (LABOUR, LAW),
    "contract_trap": (LABOUR, LAW),
    "doc_seizure": (POLICE, LABOUR, LAW),
    "black_agency": (POLICE, LABOUR, LAW),
    "money_mule": (POLICE, FRAUD, LAW),
}
"""By the kind of the gravest signal; the usual ones for all others."""


def phones_for(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """The numbers for signals of these kinds, in a fixed order and each once; the usual ones where there is no signal."""
    wanted = {number for kind in kinds[:2] for number in PHONES.get(kind, _USUAL)} or set(_USUAL)
    return tuple(number for number in PHONE_LABELS if number in wanted)
