"""What is said about a menu file and its way to WeChat."""

from __future__ import annotations

NOT_UTF8 = "不是 UTF-8 文本"
NOT_YAML = "第 {line} 行不是正确的 YAML"
NOT_YAML_AT_ALL = "不是正确的 YAML"
NO_MENU = "没有 menu：文件里应有 menu，可以有 welcome"
BUTTON = "第 {number} 个按钮"
ENTRY = "第 {button} 个按钮的第 {number} 项"
EMPTY = "{where} 是空的"
TOO_LONG = "{where} 最多 {most} 字节，现在 {is_now} 字节（一个汉字 3 字节）"
COUNT = "{where} 要有 1 到 {most} 个，现在 {is_now} 个"
ONE_ACTION = "{where}要有 say、url、items 里的一个，只能一个（items 只用于按钮）"
COMMAND = "{where} say 不能以“/”开头：写毕业生会说的话"
NO_ADDRESS = "{where} url 不是 http 或 https 网址"
WRONG_SHAPE = "{where} 的写法不对"
SHAPES = {
    "missing": "缺少 {where}",
    "extra_forbidden": "不认识 {where}",
    "string_type": "{where} 应是文字，数字请加引号",
    "list_type": "{where} 应是列表",
    "model_type": "{where} 应是 name 和 say、url 或 items",
}

FINE = "{file}：可以用（{buttons} 个按钮，{entries} 项{welcome}）"
WITH_WELCOME = "，有欢迎语"
PUSHED = "已推送到公众号 {account}：{buttons} 个按钮，{entries} 项（手机上最迟 24 小时内看到，取消关注再关注可马上看到）"
WELCOME_KEPT = "欢迎语已更新：新关注的人会先看到它"
WELCOME_UNCHANGED = "文件里没有 welcome，欢迎语没有变"
NO_WELCOME = "{file}：没有 welcome，没有可以更新的"

NO_ACCOUNT = "没有名叫 {account} 的公众号；已设置的有：{known}"
NONE_SET = "还没有设置公众号：先设置 WECHAT_APP_ID、WECHAT_TOKEN 等（见 docs/wechat.md）"
NO_SECRET = "公众号 {account} 没有设置 AppSecret，不能推送菜单；只更新欢迎语请加 --welcome-only"
REFUSED = "微信没有接受菜单（{reason}），菜单和欢迎语都没有变"
REASONS = {
    "errcode 40013": "AppID 不对，请检查 WECHAT_APP_ID",
    "errcode 40125": "AppSecret 不对，请检查 WECHAT_APP_SECRET",
    "errcode 40164": "这台服务器的 IP 不在公众平台的 IP 白名单里",
    "errcode 48001": "这个公众号没有自定义菜单的权限，请在公众平台网页上设置菜单，再用 --welcome-only 更新欢迎语",
    "errcode 40018": "按钮名字太长",
    "errcode 40027": "子菜单名字太长",
    "errcode 40055": "网址不合法",
    "errcode 45064": "网址要先在公众平台登记业务域名",
}
NOT_REACHED = "连不上微信的服务器（{reason}），菜单和欢迎语都没有变"
IN_DOUBT = "菜单发出去了，没有等到微信的回音（{reason}）；请再推送一次，重复推送没有坏处"
