"""What the desk says of accounts and signing in."""

from __future__ import annotations

from desk.staff.models import Role

ROLES: dict[Role, str] = {
    Role.COUNSELLOR: "就业指导老师",
    Role.REVIEWER: "审核员",
    Role.SUPERVISOR: "主管",
    Role.ADMINISTRATOR: "管理员",
    Role.READ_ONLY: "只读",
}

NAME_REFUSED = "登录名要有 1 到 40 个字，只能用汉字、字母、数字和 . _ - @"
NAME_TAKEN = "已经有叫“{name}”的账号"
DISPLAY_NAME_REFUSED = "显示名要有 1 到 40 个字"
COLLEGE_REFUSED = "学院名最多 60 个字"
PASSWORD_WEAK = "密码太简单：要有 {shortest} 到 {longest} 个字符，至少五个不同，不能包含登录名"
PASSWORD_WRONG = "现在的密码不对"
LAST_ADMINISTRATOR = "这是最后一个管理员，不能停用，也不能改成别的角色"
STAND_IN_REFUSED = "代班人要是另一个在用的账号"
NO_SUCH_STAFF = "没有这个账号"

WRONG = "登录名、密码或验证码不对"
CODE_NEEDED = "请输入验证器里的六位验证码"
TOO_MANY_ATTEMPTS = "尝试次数太多，请 {minutes} 分钟后再试"
TOTP_IS_ON = "两步验证已经打开；要换设备，请先关闭再重新打开"
TOTP_WRONG = "验证码不对，请确认手机时间准确后再输一次"
