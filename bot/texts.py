"""Every sentence that the gateway itself says to a graduate or prints in the terminal's error line."""

from __future__ import annotations

MAX_CHARACTERS = 2_000
"""The longest message that is answered; longer ones are kept and the graduate is asked to split them."""

URGENT_NUMBERS = "如有人身危险请拨打 110 或 120；心里难受想找人说说话，可以拨打全国统一心理援助热线 12356。"

DEGRADED = "抱歉，我这边暂时没能查到结果。你的问题已经收到并保存，恢复后我会在这里补上回答，你不用重复发送，也可以先离开。" + URGENT_NUMBERS
STILL_WORKING = "这个问题需要多查一会儿。你的消息已经保存，结果出来后会自动显示在这里，你不用重复发送。" + URGENT_NUMBERS
UNSAVED = "抱歉，系统正在恢复，暂时不能回答。你的问题已经先记下，恢复后我会在这里补上回答。" + URGENT_NUMBERS
LOST = "抱歉，系统现在出了故障，你刚才的消息没能保存。请稍后再发一次。" + URGENT_NUMBERS
LATE_ANSWER = "刚才没能及时回答你的问题“{question}”，现在补上。"
HANDED_TO_PERSON = "你的问题“{question}”我多次尝试仍没能答上来，已经转给老师，登记号 {ticket}，老师会接着处理。"

TOO_LONG = "你这条消息有 {length} 个字，我一次最多能读 {limit} 个字。内容已经完整保存，没有丢；请把最想问的一两个问题单独发给我，我马上回答。"
BLOCKED_COMMAND = "这个指令我不能执行。你想办什么事，直接用平常的话告诉我就好。"
CALM = "这个请求我帮不上忙。就业政策、求职、三方协议、档案户口方面的问题，你可以随时问我。"
DANGER_KEPT = "你刚才说的已经先存下来，系统恢复后会自动登记给老师。"

SUMMARY_UNANSWERED = "系统多次尝试仍未能回答：{text}"

TOPIC_CRISIS = "安全筛查：可能有自伤危险"
TOPIC_URGENT = "安全筛查：{danger}"
TOPIC_UNANSWERED = "系统没能回答的问题"

TALK_TO_PERSON = "转人工"
ASK_DETAIL = "第{number}个详细说说"
"""What asks for the details of a posting of the list above."""

EMPTY_TEXT = "消息是空的，请写下你想问的问题。"
BAD_REQUEST = "请求的格式不对，请刷新页面后再试。"
TOO_LARGE = "内容太长了，请分成几条发送。"
EMPTY_PICTURE = "图片是空的，请重新选一张再发。"
NO_PICTURE = "这不是我能打开的图片。请发 JPG、PNG 或 WebP 格式的截图或照片，也可以把文字直接粘贴给我。"
PICTURE_TOO_LARGE = "图片太大了，最多 8 MB。请截取要看的部分再发，也可以把文字直接粘贴给我。"
UPLOAD_TOO_SLOW = "图片传得太慢，没有收全。请换个网络再发，也可以把文字直接粘贴给我。"
TOO_MANY_PICTURES = "前面的图片还没看完，请过一会儿再发，也可以把文字直接粘贴给我，马上能看。" + URGENT_NUMBERS
READING_PICTURE = "图片收到了，正在认里面的字，稍等一下，结果会自动显示在这里，你不用重复发送。" + URGENT_NUMBERS
PICTURE_READ = "图片里的文字：\n{text}\n（认得可能不准，以图片为准。图片本身没有保存。）"
PICTURE_WITHOUT_TEXT = "（一张图片，没有认出文字）"
PICTURE_UNREADABLE = (
    "这张图片里的文字我没能认出来，可能是不够清楚、太小，或者文件坏了。请换一张清楚的截图，或者把里面的文字复制、打出来发给我，我照样帮你看。"
    "图片本身没有保存。"
)
NO_TOKEN = "请先打开会话，再发送消息。"
BAD_TOKEN = "会话已经失效，请刷新页面，重新开始。"
FOREIGN_PAGE = "这个网页没有获准使用职问，请联系学校的管理员。"
NO_CONSENT = "没有得到你的同意，联系方式不能保存。请勾选同意，或者不填联系方式。"
NOT_REGISTERED_YET = "你的问题收到了，还没有登记完，请过一会儿再试，不会重复登记。"
TOPIC_LEFT = "网页留言：{question}"
LINK_UNUSABLE = "这个链接已经用过，或者超过了10分钟。回到微信里发“网页版”，可以拿到新的链接；也可以直接在这里问我。"
NO_SUCH_MESSAGE = "没有找到这条消息。"
NO_SUCH_EVENT = "没有找到这场活动，可能已经撤下。"
UNKNOWN_KIND = "没有这种活动，可以选：{kinds}。"
NOT_FOUND = "没有找到你要的内容。"
METHOD_NOT_ALLOWED = "这个地址不支持这种请求方式。"
SERVER_ERROR = "抱歉，系统出了点问题，请稍后再试。" + URGENT_NUMBERS
DATABASE_DOWN = "抱歉，系统正在恢复，请稍等一两分钟再试。" + URGENT_NUMBERS
TOO_FAST = "你发得有点快，请等 {seconds} 秒再发。" + URGENT_NUMBERS
TOO_MANY_OPEN = "上几条消息还在处理，请等回答出来再发。" + URGENT_NUMBERS
TOO_MANY_STREAMS = "这个会话打开的页面太多了，请关掉几个再试。"
FEEDBACK_KEPT = "谢谢，反馈已经收到。"

PAGE_MISSING = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>职问</title></head>
<body><main><h1>职问</h1>
<p>对话页面还没有构建。请在项目目录执行 <code>make run</code>，或进入 <code>web/chat</code> 执行
<code>npm ci &amp;&amp; npm run build</code>，然后刷新本页。</p>
<p>接口已经可用，也可以在终端里提问：<code>zhiwen ask "三方协议丢了怎么办"</code></p>
</main></body></html>
"""

CONSOLE_MISSING = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>职问工作台</title></head>
<body><main><h1>职问工作台</h1>
<p>工作台页面还没有构建。请在项目目录执行 <code>make run</code>，或进入 <code>web/desk</code> 执行
<code>npm ci &amp;&amp; npm run build</code>，然后刷新本页。</p>
</main></body></html>
"""
