"""What the desk's API says to whoever works there."""

from __future__ import annotations

NOT_SIGNED_IN = "请先登录"
FORBIDDEN = "您的账号没有做这件事的权限"
CSRF = "页面已经过期，请刷新后再试"
ANNOUNCEMENT = "公告要有内容，最后一天不能早于今天，也不能早于开始那天"
NOT_FOUND = "没有找到，或者不在您能看到的范围里"
FILE_TOO_LARGE = "文件太大，最多 {most} MB；请分成几份再传"
UPLOAD_TOO_SLOW = "文件传得太久，请换个网络再试"
CORRECTIONS = "改正的信息里有填得不对的地方，请检查标题、日期和届别"
