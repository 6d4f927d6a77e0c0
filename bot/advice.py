"""What to tell an operator about each setting: how it should look, in Chinese and English, and what it is for."""

from typing import NamedTuple


class Pair(NamedTuple):
    """The same words twice."""

    zh: str
    en: str


# Said after "无法启动:BOT_X" when BOT_X is missing or wrong.
ADVICE: dict[str, Pair] = {
    "token": Pair(
        "没有填或格式不对,请在 .env 里填上 @BotFather 给的“数字:字母”令牌",
        'is missing or malformed, put the "digits:letters" token from @BotFather into .env',
    ),
    "api_url": Pair(
        "格式不对,只写 协议://主机[:端口],例如 https://api.telegram.org",
        "is malformed, write scheme://host[:port] only, e.g. https://api.telegram.org",
    ),
    "database_url": Pair(
        "格式不对,请写 sqlite:///var/bot.db 或 postgresql://用户:密码@主机/库名",
        "is malformed, write sqlite:///var/bot.db or postgresql://user:password@host/name",
    ),
    "webhook_url": Pair(
        "格式不对,请写完整的公网网址,例如 https://bot.example.cn/hook,不用就留空",
        "is malformed, write the full public URL, e.g. https://bot.example.cn/hook, or leave it empty",
    ),
    "webhook_secret": Pair(
        "格式不对,只能用 1 到 256 个字母、数字、下划线和连字符",
        "is malformed, use 1 to 256 letters, digits, underscores and hyphens",
    ),
    "listen": Pair("格式不对,请写 主机:端口,例如 127.0.0.1:8080", "is malformed, write host:port, e.g. 127.0.0.1:8080"),
    "metrics_listen": Pair(
        "格式不对,请写 主机:端口,例如 127.0.0.1:9100,不用就留空",
        "is malformed, write host:port, e.g. 127.0.0.1:9100, or leave it empty",
    ),
    "admins": Pair(
        "格式不对,请写 Telegram 数字编号,用逗号隔开,例如 1001,1002",
        "is malformed, write numeric Telegram ids separated by commas, e.g. 1001,1002",
    ),
    "district": Pair("格式不对,请写辖区文件的路径", "is malformed, write the path of a district file"),
    "language": Pair("只能是 zh-Hans、zh-Hant 或 en", "must be zh-Hans, zh-Hant or en"),
    "log_level": Pair("只能是 DEBUG、INFO、WARNING 或 ERROR", "must be DEBUG, INFO, WARNING or ERROR"),
    "log_format": Pair("只能是 text 或 json", "must be text or json"),
    "geocoder_url": Pair("格式不对,请写完整网址,不用就留空", "is malformed, write a full URL or leave it empty"),
    "geocoder": Pair("只能是 nominatim 或 photon", "must be nominatim or photon"),
    "geocoder_agent": Pair("写错了", "is wrong"),
    "heartbeat_url": Pair("格式不对,请写完整网址,不用就留空", "is malformed, write a full URL or leave it empty"),
    "secret_key": Pair(
        "太短,请写至少 32 个随机字符(openssl rand -base64 32),换钥匙时新的在前,用逗号隔开",
        "is too short, write at least 32 random characters (openssl rand -base64 32); when it changes, the new one "
        "first, separated by a comma",
    ),
    "backup_dir": Pair("格式不对,请写一个文件夹的路径", "is malformed, write the path of a folder"),
    "clock_start": Pair(
        "格式不对,请写带时区的时间,例如 2026-11-20T08:00:00+08:00",
        "is malformed, write a time with its zone, e.g. 2026-11-20T08:00:00+08:00",
    ),
    "clock_speed": Pair(
        "格式不对,请写大于 0、不超过 100000 的数,60 表示一秒当一分钟",
        "is malformed, write a number above 0 and up to 100000, 60 makes a second a minute",
    ),
}

# What no single setting shows.
TOGETHER: dict[str, Pair] = {
    "webhook_without_secret": Pair(
        "填了 BOT_WEBHOOK_URL 就必须填 BOT_WEBHOOK_SECRET,否则谁都能冒充 Telegram,请填一段随机的字母和数字",
        "BOT_WEBHOOK_URL needs BOT_WEBHOOK_SECRET, or anybody could pose as Telegram, set random letters",
    ),
    "webhook_not_https": Pair(
        "Telegram 只接受 https 的 BOT_WEBHOOK_URL,请换成 https 网址",
        "Telegram accepts only an https BOT_WEBHOOK_URL, use an https address",
    ),
    "moved_clock_for_real": Pair(
        "BOT_CLOCK_START 和 BOT_CLOCK_SPEED 只用于演练,不能对着 Telegram 的正式服务器,请清空它们或改 BOT_API_URL",
        "BOT_CLOCK_START and BOT_CLOCK_SPEED are for drills and refused against Telegram's own server, "
        "clear them or change BOT_API_URL",
    ),
}

# What each setting is for: the comments of .env.example.
PURPOSE: dict[str, Pair] = {
    "token": Pair("机器人令牌(必填),找 @BotFather 要", "the bot's token (required), from @BotFather"),
    "api_url": Pair("Bot API 服务器", "the Bot API server"),
    "database_url": Pair("数据库:SQLite 文件或 PostgreSQL", "the database: an SQLite file or PostgreSQL"),
    "webhook_url": Pair("完整公网网址;留空就用轮询", "the full public URL; empty means polling"),
    "webhook_secret": Pair("webhook 的口令,用 webhook 时必填", "the webhook's secret, required with a webhook"),
    "listen": Pair("本机服务地址:健康检查、指标、webhook", "where to serve health, metrics and the webhook"),
    "metrics_listen": Pair("给 /metrics 单独的地址(可选)", "an address of its own for /metrics (optional)"),
    "admins": Pair("管理员的 Telegram 编号,逗号隔开", "Telegram ids of administrators, separated by commas"),
    "district": Pair("启动时装入的辖区文件", "a district file that is loaded at the start"),
    "language": Pair("默认语言:zh-Hans、zh-Hant 或 en", "the default language: zh-Hans, zh-Hant or en"),
    "log_level": Pair("日志级别:DEBUG、INFO、WARNING、ERROR", "log level: DEBUG, INFO, WARNING, ERROR"),
    "log_format": Pair("日志格式:text 或 json", "log format: text or json"),
    "geocoder_url": Pair(
        "查路名门牌的地图服务,不写就不查;只发路名和门牌号,保密事项从不发",
        "a map for road and house number, none when empty; it gets nothing else, and nothing of sealed matters",
    ),
    "geocoder": Pair("地图服务是哪一种:nominatim 或 photon", "which kind of map: nominatim or photon"),
    "geocoder_agent": Pair(
        "向地图服务报的名字,公共服务要求写明用途和联系方式",
        "how the bot names itself to the map; public ones want purpose and contact",
    ),
    "heartbeat_url": Pair("定时报平安的网址(可选)", "a dead-man's address that is called regularly (optional)"),
    "secret_key": Pair(
        "保密事项落盘加密的密钥,至少 32 个字符;丢了就读不出来",
        "the key that seals confidential matters at rest, at least 32 characters; without it they cannot be read",
    ),
    "backup_dir": Pair(
        "备份放在哪里;不设就在数据库旁边的 backups(PostgreSQL:var/backups)",
        "where copies go; without it backups beside the database (PostgreSQL: var/backups)",
    ),
    "clock_start": Pair("演练用:从这个时刻走起", "for drills: start from this moment"),
    "clock_speed": Pair("演练用:快几倍,60 表示一秒当一分钟", "for drills: how much faster, 60 makes a second a minute"),
}
