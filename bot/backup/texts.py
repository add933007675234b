"""What is said of backups."""

from __future__ import annotations

NO_BACKUP = "{path}：不是职问的备份文件，或者已经损坏"
OTHER_FORMAT = "{path}：是另一种格式的备份（{found}），这里认识的是 {known}"
CHANGED = "{path}：其中的 {name} 与清单不符，文件可能损坏或被改过"
NEWER = "{path}：备份时的版本（{revision}）比现在装的新，请先升级职问再恢复"
NOT_EMPTY = "数据库里已经有数据（{table}），只能恢复到空的地方；请换一个 DATABASE_URL 或 ZHIWEN_HOME"
HOME_NOT_EMPTY = "{path} 已经存在，只能恢复到空的地方；请换一个 ZHIWEN_HOME"
DIFFERENT = "恢复后核对不一致：{table}；已撤销，没有写入"
NOTHING = "数据库里还没有职问的表，没有可以备份的内容"
