"""What whoever imports is told: one line that says what is wrong with a file and what to do about it."""

from __future__ import annotations

EMPTY = "{name}：文件是空的"
TOO_LARGE = "{name}：文件超过 {most} MB，请拆分后再导入"
UNREADABLE = "{name}：读不到文件（{error}）"
NOT_A_FILE = "{name}：不是普通文件（可能是链接或设备），请换成文件本身再导入"
UNSUPPORTED = "{name}：内容其实是{kind}，{remedy}"
UNKNOWN_KIND = "{name}：认不出是什么文件，请另存为 TXT、DOCX 或 PDF 再导入"
NO_READER = "{name}：还读不了{kind}，请另存为 TXT 或 DOCX 再导入"

UNKNOWN_ENCODING = "{name}：认不出文字编码，请用记事本打开，另存为 UTF-8 再导入"
BROKEN_ENCODING = "{name}：文件头写着 {encoding}，内容却解不开（第 {position} 字节）"
MOJIBAKE = "{name}：文字是乱码（多半是用错编码另存过），请从原来的文件重新保存为 UTF-8 再导入"
BINARY = "{name}：含有大量控制字符，像是二进制文件，请另存为 TXT 再导入"
LONG_LINE = "{name}：第 {number} 行长 {length:,} 字没有换行，不像文件正文，请整理分段后再导入"
NOT_CHINESE = "{name}：几乎没有中文内容，没有可以导入的条款"

EXECUTABLE = "不能导入"
AS_DOCX = "请用 Word 或 WPS 打开，另存为 DOCX 再导入"
AS_XLSX = "请用 Excel 或 WPS 打开，另存为 XLSX 再导入"
UNPACKED = "请解压后再导入"
WITHOUT_PASSWORD = "请去掉打开密码后再导入"
AS_TEXT = "请另存为 TXT 或 DOCX 再导入"
NO_CLAUSES = "{name}：没有找到条款（只有标题、导航或广告）"
