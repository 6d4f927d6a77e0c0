"""勤务一屏 of the centre, and the tasks that are sent from it.

`away`: [{person, until}]; `rows`, one a post: [{team, how, count, of, on, others, away, open, seen_at, change_at,
gaps}]; `until` beside them: the end of the storm mode that is on;
`gaps`: [{start_at, until}]; `cases`: [{no, severity, category, place, status, sealed}]; `crew`: [{person, how, until,
seen_at}]; `answers`: [{person, at, what, text}]; `stage`: a code of core.records.task; `of`: how many are planned.
"""

NOTICES: dict[str, tuple[str, ...]] = {
    "board.now": ("at", "until", "rows", "more"),
    "board.post": ("team", "how", "change_at", "crew", "cases", "gaps"),
    "board.moved": (),
    "board.no_pin": (),
    "task.ask": ("person", "team", "who"),
    "task.card": ("team", "who", "by", "at", "text", "files", "stage", "person", "taken_at", "done_at", "answers"),
    "task.file": ("team", "by"),
    "task.back": ("team", "person", "text"),
    "task.finished": ("team", "person"),
    "task.remind": ("team", "by", "at", "text"),
    "task.late": ("team", "by", "at", "text"),
    "task.empty": (),
}
ANSWERS: dict[str, tuple[str, ...]] = {
    "ans.task_write": (),
    "ans.task_taken": (),
    "ans.task_done": (),
    "ans.task_over": (),
    "ans.task_withdrawn": (),
}
LABELS: dict[str, tuple[str, ...]] = {
    "btn.post": ("team",), "btn.task_send": (), "btn.task_person": ("person",),
    "btn.task_take": (), "btn.task_done": (), "btn.task_withdraw": (),
}  # fmt: skip
