"""What is said in WeChat about delivery itself."""

from __future__ import annotations

MORE = "\n\n（还有没发完的内容，回复“继续”接着看）"
"""Behind an answer of an account that can only answer; the rest goes out with the next message."""
NOTICE = "你的问题有新答复，发任意消息即可查看"
"""In the words of a subscription message: at most 20 characters."""
AGAIN = "（可能重复）"
"""Before what staff send again although it may have arrived."""
