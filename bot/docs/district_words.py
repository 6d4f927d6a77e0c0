"""What each entry of a district file means, in Chinese and English; docs/district.md is made of it.

A key that means the same wherever it stands is explained once; `place.key` is about one place alone.
"""

from collections.abc import Mapping

from bot.advice import Pair

# The parts in the order of the page: where they stand, and what they are.
PARTS: Mapping[str, Pair] = {
    "meta": Pair("整个文件", "the file as a whole"),
    "district": Pair("街道(镇)本身和它的选择", "the subdistrict itself and what it chooses"),
    "district.routing": Pair("派给谁(可只写一个词)", "which post goes (a single word will do)"),
    "district.escalation": Pair("街道之上告诉谁", "who is told above the street"),
    "district.coordinates": Pair("各来源用哪种坐标", "in which datum each source sends its points"),
    "communities[]": Pair("社区", "communities"),
    "grids": Pair("辖区范围:画好的网格,或岗站周围", "the area: grids that are drawn, or what lies around the posts"),
    "grids.features[].properties": Pair("网格(GeoJSON,WGS-84)", "grids (GeoJSON, WGS-84)"),
    "xiaoqu[]": Pair("小区", "compounds"),
    "key_places[]": Pair("重点部位", "key places"),
    "stations[]": Pair("驿站、岗亭", "posts"),
    "teams[]": Pair("队伍", "teams"),
    "teams[].groups[]": Pair("队伍里的班组(甲乙丙丁)", "the groups of a team"),
    "people[]": Pair("人员", "people"),
    "people[].mediation": Pair("人民调解员能调什么", "what a mediator takes"),
    "shift_patterns[]": Pair("排班", "shift patterns"),
    "shift_patterns[].shifts.*": Pair("一个班(也可只写两个时间)", "one shift (its two times alone will do)"),
    "departments[]": Pair("部门", "departments"),
    "phrases": Pair(
        "当地的说法:说了什么,就是什么意思;`python -m bot lessons` 按这个样子列出改过的",
        "what people here say, by what they mean; `python -m bot lessons` lists what was set right in this form",
    ),
    "calendar.*": Pair("一年的放假安排,没有就写 null", "one year's official holidays, null where not known"),
}

WORDS: Mapping[str, Pair] = {
    "phrases.XF02": Pair(
        "类别编号:说了其中一句,就当作这一类(按钮里排第一);特急的类别按险情马上派",
        "a category's code: whoever says one of these most likely means it; of a category of level 1 it alarms",
    ),
    "phrases.inquiry": Pair(
        "来意:inquiry、suggestion、praise、complaint_staff、privacy、status、urge、chat、prank、spam、abuse、human",
        "a kind of message, one of those named",
    ),
    "phrases.danger": Pair("说了就按危险处理", "always a danger to life"),
    "phrases.calm": Pair(
        "只是听着像危险,不报警;4 个字以上,一句里别的危险照听",
        "only sounds like danger and does not alarm; 4 characters or more, other danger beside it is heard",
    ),
    "phrases.health": Pair(
        "谁的病情:群里、公开处遮住,急件除外",
        "of somebody's health: masked in groups and in public, except in an emergency",
    ),
    "timezone": Pair("时区,如 Asia/Shanghai", "the time zone, such as Asia/Shanghai"),
    "id": Pair("编号,同类中不能重复", "its id, used once within its kind"),
    "name_zh": Pair("中文名(中英文至少写一个)", "the Chinese name (one of the two is needed)"),
    "name_en": Pair("英文名", "the English name"),
    "chat_id": Pair(
        "工作群的 Telegram 编号,一个群只有一个用途", "the Telegram id of its group, which serves nothing else"
    ),
    "lat": Pair("纬度,WGS-84", "latitude, WGS-84"),
    "lng": Pair("经度,WGS-84", "longitude, WGS-84"),
    "grid": Pair("所在网格的编号", "the id of its grid"),
    "community": Pair("所在社区的编号", "the id of its community"),
    "kind": Pair("种类", "what kind it is"),
    "households": Pair("户数", "how many households"),
    "district.level": Pair("街道、镇或乡", "subdistrict, town or township"),
    "district.county": Pair("区县", "the county"),
    "district.city": Pair("市", "the city"),
    "district.centre_team": Pair("综治中心是哪支队伍", "which team is the dispatch centre"),
    "district.emergency_profile": Pair("紧急电话的国家,如 CN", "the country of the emergency numbers, such as CN"),
    "district.languages": Pair("用到的语言", "the languages in use"),
    "district.gas_no": Pair(
        "本地燃气抢修电话,闻到燃气味的人会收到", "the gas company's number, told to whoever smells gas"
    ),
    "district.service_hours": Pair("服务时间,一般和轻微的时限只在这里面走", "when limits of slight matters run"),
    "district.limits": Pair(
        '按级别或事项改时限:{"3": {"ack": "20m"}, "XF02": {"close": "1WD"}}',
        'other limits by severity or kind: {"3": {"ack": "20m"}, "XF02": {"close": "1WD"}}',
    ),
    "district.ladder": Pair(
        '按级别改催办:{"head": ["3m", "20m", "2h S", "-"]},“-”表示没有这一级',
        'other rungs by severity: {"head": ["3m", "20m", "2h S", "-"]}; `-` takes a rung away',
    ),
    "district.claim_grace": Pair(
        "签收后多少秒内同事可以一点接过去", "seconds in which a colleague may take a claim over"
    ),
    "district.digest_at": Pair("日报几点发", "when the daily digest is sent"),
    "district.confirm_days": Pair(
        '办结后几天没人回应就先结案:一个数,或 {"1": 3, "3": 5}',
        'days until an unanswered case closes: one number, or {"1": 3, "3": 5}',
    ),
    "district.quiet_hours": Pair("居民免打扰的时间", "when residents are not disturbed"),
    "district.school_hours": Pair(
        "工作日的上学时间:学校 100 米内的事升一级,并告诉护学岗",
        "on working days: what is near a school is raised a level",
    ),
    "district.work_day_end": Pair("工作日几点算一天结束", "when a working day ends"),
    "district.rest_hours": Pair("两班之间至少休息几小时", "hours of rest between two shifts of a person"),
    "district.month_hours": Pair("一个人一个月最多几小时", "hours of a person in a month at most"),
    "district.gaps_at": Pair("每天几点查第二天没人的时段", "when the next day's hours without anybody are looked for"),
    "district.routing.policy": Pair(
        "nearest 最近的先去;duty_area_first 先派责任片区", "nearest first, or the post of the area first"
    ),
    "district.routing.fresh_minutes": Pair("位置几分钟内算新", "for how many minutes a position counts"),
    "district.routing.accuracy_m": Pair("位置准到几米才算", "how exact a position has to be, in metres"),
    "district.routing.tolerance_m": Pair(
        "比最近的远不过几米时,派手上事少的", "how much farther than the nearest a less busy post may be, in metres"
    ),
    "district.routing.backup_order": Pair(
        "没人时按备勤顺序,不按远近", "stand in by the written order, not by distance"
    ),
    "district.escalation.person": Pair("区里的人", "a person of the file"),
    "district.coordinates.pin": Pair("手机定位:wgs84、gcj02 或 bd09", "a phone's own position: wgs84, gcj02 or bd09"),
    "district.coordinates.venue": Pair("地图上选的点", "a point picked on a map"),
    "district.routing": Pair("见下", "see below"),
    "district.escalation": Pair("见下", "see below"),
    "district.coordinates": Pair("见下", "see below"),
    "communities[].grids": Pair("有哪些网格", "its grids"),
    "communities[].office_hours": Pair("办公时间,原样显示", "office hours, shown as they are"),
    "grids.features": Pair("网格,见下;没有就写 []", "the grids, see below; [] where there are none"),
    "grids.around_m": Pair(
        "没有网格时:每个岗站周围多少米归本辖区", "without grids: so many metres around each post are the district's"
    ),
    "grids.features[].properties.station": Pair("责任驿站", "whose duty area it is"),
    "grids.features[].properties.grid_head": Pair("网格长", "its head"),
    "grids.features[].properties.grid_worker": Pair("专职网格员", "its grid worker"),
    "aliases": Pair("别名,居民怎么叫", "other names people use"),
    "buildings": Pair("几栋;0 或不写表示不知道", "how many buildings; 0 means unknown"),
    "units_per_building": Pair("每栋几单元", "units in a building"),
    "floors": Pair("几层", "how many floors"),
    "rooms_per_floor_unit": Pair("一层几户", "rooms on a floor of a unit"),
    "lift": Pair("有没有电梯", "whether it has lifts"),
    "property_mgmt": Pair("物业叫什么", "the name of its management"),
    "mgmt_hours": Pair("物业上班时间", "the management's hours"),
    "property_chat_id": Pair(
        "物业的群,一家管几个小区可以写同一个", "the management's group, which may serve several compounds"
    ),
    "residents_chat_id": Pair("居民群,群里只看到“已受理、已解决”", "the residents' group, which sees the state alone"),
    "hazard_level": Pair("隐患级别", "its level of hazard"),
    "inspect_every_days": Pair("几天查一次", "days between two inspections"),
    "qr_token": Pair("门口二维码里的字", "what its QR code carries"),
    "patrol_point": Pair("是不是巡防打卡点", "whether patrols check in there"),
    "contact_chat_id": Pair(
        "学校安保的联系群,附近有事、护学岗没到会告诉", "who is told at a school of what is near it"
    ),
    "in_grid": Pair("在哪个网格里", "in which grid it stands"),
    "primary_grids": Pair("责任片区", "the grids of its duty area"),
    "backup_order": Pair("没人时由谁代管,按先后", "who stands in when nobody is there, in order"),
    "stations[].head": Pair("点长", "the head of the post"),
    "shift_pattern": Pair("本站的排班", "its shift pattern"),
    "stations[].hours": Pair("什么时候开门,原样告诉问的人", "when its door is open, told as it is to whoever asks"),
    "facilities": Pair(
        "设施;gear 里写装备和数量,交接班要清点", "facilities; `gear` is counted at each change of shift"
    ),
    "teams[].station": Pair(
        "是哪个站的队伍,群、点长、位置随站", "the post whose team it is: group, head and place are its"
    ),
    "teams[].kind": Pair("station、centre、inspection(督察)等", "station, centre, inspection and others"),
    "teams[].head": Pair("负责人", "its head"),
    "teams[].pattern": Pair("排班", "its shift pattern"),
    "teams[].groups": Pair("班组,见下", "its groups, see below"),
    "covers": Pair("巡哪些网格", "the grids where it goes"),
    "template": Pair(
        "1+1+N:签到时查有没有民警(辅警)、网格员和其他人", "1+1+N: whether police and a grid worker are there"
    ),
    "shift_kind": Pair(
        "定点(先派本片)、备勤(先叫来支援)、高峰(加岗)、联勤(带上另一队),或 fixed、standby、peak、joint",
        "fixed (its area first), standby (called for backup first), peak (an extra post), joint (goes with another)",
    ),
    "joint_with": Pair("联勤:和哪支队伍同去一张单", "joint duty: which team goes on the same card"),
    "school": Pair(
        "护学岗:守哪个学校(重点部位的编号);高峰班时不派三、四级的事,一、二级只在离得最近时派",
        "school guard: which school (id of a key place); in a peak shift sent to urgent matters alone, if nearest",
    ),
    "teams[].groups[].group": Pair("名称,如 甲", "its name"),
    "offset_days": Pair("比排班起点错开几天", "how many days it is ahead of the pattern's anchor"),
    "members": Pair("成员的编号", "the ids of its people"),
    "people[].name": Pair("姓名", "the name"),
    "tg_user_id": Pair("Telegram 账号,还不知道可以不写", "the Telegram account, left out while it is not known"),
    "role": Pair("职务,按钮和权限看它", "the role, which rights and buttons go by"),
    "rights": Pair(
        "另外给的权限:hazards 隐患、mediation 调解、sealed 保密件、statistics 统计、administration 管理",
        "rights beyond the role's own: hazards, mediation, sealed, statistics, administration",
    ),
    "people[].team": Pair(
        "在哪支队伍(部门的人写部门;部门逾时没有报到,私信写在最前面的那位)",
        "the team, or the department, whose first one here is written to in private when it does not report in",
    ),
    "mediation": Pair("人民调解员才写,见下", "of mediators alone, see below"),
    "kinds": Pair("能调的纠纷(代码);不写就是都行", "the kinds of disputes, by code; all where left out"),
    "people[].mediation.languages": Pair("会说的话", "the languages they speak"),
    "trainee": Pair("学徒:跟着学,不单独办", "whether they are still learning"),
    "stairwell": Pair("住哪个单元;邻居的事不派给本人", "where they live: a neighbour's matter goes to somebody else"),
    "people[].group": Pair("在哪个班组", "the group"),
    "shift_patterns[].anchor": Pair("起点日期", "the day the cycle begins"),
    "cycle": Pair("一轮怎么排:班名或 休", "the order of shifts, 休 for rest"),
    "cycle_days": Pair("一轮几天", "how many days it has"),
    "shifts": Pair("有哪些班,见下", "its shifts, see below"),
    "workdays_only": Pair("只在工作日", "on working days alone"),
    "days_off_only": Pair("只在休息日和节假日", "on days off alone"),
    "hours": Pair(
        '上下班,过夜写 +1:["22:00", "06:00+1"]', 'its two times, over midnight with +1: ["22:00", "06:00+1"]'
    ),
    "shift_patterns[].shifts.*.kind": Pair(
        "这个班的勤务(同 shift_kind)", "the kind of this very shift (as shift_kind)"
    ),
    "bell": Pair(
        "护学岗的铃声:前 30 分钟要到,前 10 分钟没到就报警",
        "a school guard's bell: there 30 min before, alarm at 10 min",
    ),
    "departments[].hours": Pair("办公时间,7x24 表示全天", "its hours, 7x24 for always"),
    "basis": Pair(
        "时限怎么算:N 自然时间,S 服务时间,W 工作日", "how its limits run: N clock, S service time, W working days"
    ),
    "off": Pair("放假的工作日", "weekdays that are off"),
    "work_weekend": Pair("补班的周末", "weekend days that are worked"),
}
