"""The wordings of policy answers. Everything that the graduate reads around a quote stands here."""

from __future__ import annotations

EXPIRED = "注意：下面这份文件是针对{cohort}的，属于往年安排，今年以当年的新通知为准。"
ENDED = "注意：下面这份文件的有效期到{until}为止，现在已经过期，内容只供参考，请以现行规定为准。"
CLAUSE_ENDED = "注意：下面这一条规定的执行期限到{until}为止，现在已经过期，请以现行规定为准。"
RETIRED = "注意：老师已经核实，下面这份文件{until}之后不再适用（{reason}），内容只供参考。"
SUPERSEDED = "注意：下面这份文件已被{successor}取代{since}，内容不再适用，请以新的规定为准。"
REPEALED = "注意：下面这份文件已被{successor}宣布废止{since}，内容不再适用。"
MARKED_REPEALED = "注意：下面这份文件的标题已注明废止（失效），内容不再适用。"
MAYBE_SUPERSEDED = "注意：下面这份文件可能已被{successor}取代（按标题推断，还没有人核实），请以较新的规定为准。"
SINCE = "（自{day}起）"
NOT_YET = "注意：下面这份文件自{begins}起施行，现在还没有生效。"
SOON_SUPERSEDED = "这份文件现在仍然有效，自{day}起将由{successor}取代。"
HOLDS_UNTIL = "这份文件有效期到{until}。"
ON_TRIAL = "这是试行（暂行）规定，以后可能调整。"
WINDOW_CLOSED = "文中写的办理时间已在{last}截止；政策本身是否继续，以当年通知为准。"
A_COPY = "注意：下面引用的是转载、改写的文本，不是原件；原件是{original}，以原件为准。"
CONFLICT = "注意：找到两份文件，说法不一样。下面都列出来，较新、较权威的在前；请以发文单位的解释为准，也可以转人工核实。"
WIDER = "{place}另有规定，两处的规定都看一下："
REPLACED_TOO = "以前的规定（已被取代，不要再用）："
NOW_INSTEAD = "现在的规定："
MAYBE_REPLACED_TOO = "较早的文件（可能已被取代）："
FIRST_TEXT = "一是{paper}："
SECOND_TEXT = "二是{paper}："
FOR_OTHERS = "这一条是针对{groups}的，不是您问的对象，请留意。"
UNTITLED = "另一份文件（未见标题）"
DAMAGED = "原文有缺损（断行、缺字），下面只是残存的文字，金额、条件可能不全，请以发文单位的完整原件为准。"
DATE_CONFLICT = "这份文件上的日期前后不一（{dates}），引用时请核对原件。"
REGION_ONLY = "这是{region}的规定，只适用于{region}。"
ALSO = "另外："
SOURCE_HEAD = "出处："
STAFF_CONTACT = "这是给高校工作人员用的联系方式，不是毕业生咨询热线；毕业生咨询可打 12333。"

NO_SOURCE = "资料库里没有找到能回答这个问题的条款，我不猜。"
NO_SOURCE_DETAIL = "资料库里的文件提到了相关内容，但没有写您问的{asked}，我不猜。"
NAMES_ONLY = "文件里只提到了这个说法，没有逐条写明内容，我不替它补。"
DAMAGED_REFUSAL = "收录的文件里，这一处原文缺损，您问的{asked}已经看不到了，我不能替它补。"
WRONG_REGION = "资料库里没有{asked}的文件。找到的相近内容是{have}的规定，不适用于{asked}。"
NARROWER = "资料库里没有{asked}统一的规定。找到的是{have}的，只适用于{have}，{asked}其他地方不能照用。"
NO_LOCAL = "没有收录{asked}的文件。"
ONLY_NATIONAL = "没有收录{asked}自己的文件，上面是全国的规定；{asked}的具体标准请问当地人力资源和社会保障局，或拨打 12333。"
ONLY_ABOVE = "没有收录{asked}自己的文件，上面是{have}的规定，在{asked}也适用；{asked}可能另有更高的标准，可以拨打 12333 问当地人社部门。"
RESPONSIBLE = "具体以{asked}经办部门的规定为准；就业和社保方面的事，可以在{asked}拨打 12333 问当地人力资源和社会保障局。"
GENERAL = "全国一般是这样（内置的通用知识，不是官方原文，最后核对于{checked}）："
PLACE_NOTED = "好的，这次对话里我先按{place}来查。想问什么？"
WRONG_YEAR = "资料库里没有{asked}的安排。找到的是{have}的文件，不能当作{asked}的来用。"
NEARBY = "供参考，相近的内容："
OFFER_PERSON = "需要的话可以转人工，老师会帮您核实。"
PACK_LEAD = "资料库里没有收录对此作规定的正式文件，下面是内置的通用知识（不是官方原文，最后核对于{checked}）："
SCHOOL_LEAD = "本校补充（{school}，{checked}）："
TO_BE_CHECKED = "需核实"
"""What an answer opens with that nobody has compared with the original."""
PACK_UNCERTAIN = "这一条只见于公开转述，没有读到原文，需核实。"
PACK_LEAD_QUOTED = "下面是内置的通用知识（不是官方原文，最后核对于{checked}）；它依据的条文资料库里有，原文附在后面："
PACK_UNVERIFIED = (
    "需核实：资料库里没有对此作规定的正式文件。下面只见于一处公开材料（{checked}），没有和原文核对过，"
    "只能当线索，不能当确定答案；要用它，请先转人工让老师核实当年的原文。"
)
PACK_BESIDE = "文件库里《{title}》{clause}与你问的相近，原文附在下面，可以对照；它不一定就是对这个问题的规定。"
PACK_BASIS = "依据："
PACK_STEPS = "可以这样做："
PACK_DECIDES = "由谁办理："
PACK_VARIES = "各地可能不同："
PACK_BELIEF = "以前的说法“{belief}”已经过时：{now}（自{since}起）。"
CLARIFY = "您想了解哪方面？可以点下面的选项，也可以说得具体一点，比如地区、哪一届、想问时间还是金额。"
TALK_TO_PERSON = "转人工"

ASKED = {
    "MONEY": "金额",
    "PERIOD": "期限",
    "DATE": "时间",
    "COUNT": "数量",
    "RATIO": "比例",
    "PHONE": "联系方式",
    "DOC_NO": "文号",
    "ORDINAL": "届次",
}
STATUS = {
    "in_force": "现行",
    "not_yet_in_force": "尚未施行",
    "expired": "已过期",
    "only_that_year": "仅适用于当年",
    "superseded": "已被取代",
    "repealed": "已废止",
    "trial": "试行",
}
MAYBE_REPLACED = "可能已被取代"
COPY = "转载件"
TOPICS = ("三方协议签约要注意什么", "试用期最长几个月", "毕业后档案放哪里", "困难毕业生有哪些帮扶", "落户要什么条件", "转人工")
"""What is offered to a question that names no subject."""
