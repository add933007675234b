"""What is said in WeChat in reply to things that hold no words, and when an answer takes longer than WeChat waits."""

from __future__ import annotations

from bot.texts import URGENT_NUMBERS

WELCOME = (
    "你好，我是职问，帮你查就业政策、招聘岗位和招聘会。\n"
    "直接把问题打出来就行，比如“三方协议丢了怎么办”“杭州有哪些应届生岗位”。\n"
    "想找老师，回复“转人工”。"
)

VOICE = "（一段语音，没有转成文字）"
VOICE_UNHEARD = "这段语音没有转成文字，我还听不懂。请把问题打出来发给我，我马上看。" + URGENT_NUMBERS
PLACE = "我在{place}"
PLACE_UNNAMED = "（一个位置，没有地名）"
PLACE_UNREAD = "位置收到了，但里面没有地名。请直接告诉我你想问哪个城市，比如“杭州的人才补贴”。"
NOTHING = "（一条空消息）"
PICTURE = "（一张图片，没有取到）"
PICTURE_NOT_HERE = "图片我在微信里还看不了。请把里面的文字复制、打出来发给我，我马上看。" + URGENT_NUMBERS
PICTURE_NOT_FETCHED = "这张图片我没能从微信取到。请过一会儿再发一次，也可以把里面的文字复制、打出来发给我，我照样帮你看。" + URGENT_NUMBERS

COLLECT = "这个问题要多查一会儿。请过半分钟回复任意字取答案，你的问题已经保存，不用重复发送。" + URGENT_NUMBERS
COLLECTING = frozenset({"继续", "答案", "取答案", "任意字", "好的", "好了吗", "ok", "OK"})
"""Said to get an answer that waits, beside any single character."""
