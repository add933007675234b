"""What WeChat's plain text needs beside the words that every channel shows."""

from __future__ import annotations

TAKE = "回复{number}：{title}"
TAKE_BY_WORDS = "回复“{title}”"
ASK_FURTHER = "也可以直接回复数字："
LOOSEN_TYPED = "（回复“{text}”）"
LOOSEN_NUMBERED = "（回复{number}）"
DETAIL_TYPED = "回复“第1个详细说说”看详情"
DETAIL_NUMBERED = "回复岗位前面的数字看详情，比如“1”"

COUNSELLOR = "老师：{text}"
COUNSELLOR_BELOW = "老师：\n{text}"
PART = "（{part}/{parts}）"
CUT = "……（这里省略一段，全文在网页上）"
WHOLE_ON_PAGE = "全文和来源在网页上（链接10分钟内有效，只能用一次）：\n{link}"
DATA_ON_PAGE = "到网页上下载（链接10分钟内有效，只能用一次；过期了再说一次“导出我的信息”）：\n{link}"
ENTER = "点开下面的链接，在网页上接着聊，聊过的都在（链接10分钟内有效，只能用一次）：\n{link}"
WANTS_PAGE = frozenset({"网页版", "打开网页版", "网页", "打开网页"})
"""What a follower types, or a tap on the menu says, to go on with the conversation on the page."""

SAID_IN_WECHAT = (
    ("点一下就好", "回复数字就好"),
    ("点下面的选项", "回复下面的数字"),
    ("点下面转人工", "回复“转人工”"),
    ("点下面", "回复下面的数字"),
    ("点“转人工”", "回复“转人工”"),
    ("点“留个联系方式”", "回复“留个联系方式”"),
    ("点“下载”会得到", "打开下面的链接，点“下载”，会得到"),
    ("选项前面的数字", "前面的数字"),
    ("老师的答复会同时发到这里", "老师的答复会发到这里"),
    ("你回到本页就能看到老师的答复", "老师的答复会发到这里"),
    ("你回到本页就能看到答复", "答复会发到这里"),
    ("你回到本页也能看到答复", "答复也会发到这里"),
    ("回到本页就能看到答复", "答复会发到这里"),
    ("在页面外找到你", "用别的方式找到你"),
    ("会自动显示在这里", "会发到这里"),
    ("在这个页面下载", "在网页上下载"),
    ("你在这个页面和我的聊天记录", "你和我的聊天记录"),
    ("请把页面上显示的内容也关掉", "请把微信里的聊天记录也删掉"),
)
"""What the texts say of the page → what it is called here."""
