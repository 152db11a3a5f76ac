"""The words of the portal that belong to no answer: its sentence, its tasks, its icons."""

from typing import NamedTuple

from yibao.services.answers import ALL_TOPICS

SERVICE_SENTENCE = "按您参保地的规定，把数算准，说清为什么、依据哪份文件。"
ASK_EXAMPLES = ("北京退休返多少", "医保怎么补缴", "家人能用我的医保卡吗", "从南昌转到杭州医保怎么转")
PENSION_HOTLINE = "12333"


TOPIC_ICONS = {
    "allocation": "calculator",
    "contribution-years": "flag",
    "retirement-age": "calendar",
    "pension": "coins",
    "inpatient": "bed",
    "outpatient": "pulse",
    "premium": "receipt",
    "withdrawal": "wallet",
    "family-sharing": "family",
    "gap": "hourglass",
    "transfer": "move",
    "balance": "wallet",
    "contributions": "record",
    "enrolment": "enrol",
    "paying": "pay",
    "claim-progress": "progress",
    "credential": "code",
    "waiting-period": "clock",
    "back-payment": "repair",
    "double-payment": "twice",
    "pension-adjustment": "rise",
    "chronic": "pill",
    "out-of-area": "journey",
    "maternity": "cradle",
    "fraud-warning": "shield",
}


class Task(NamedTuple):
    """A topic as something one wants to get done."""

    topic: str
    verb: str
    hint: str
    icon: str


TASKS = tuple(Task(t.name, t.verb, t.hint, TOPIC_ICONS.get(t.name, "calculator")) for t in ALL_TOPICS.values())
TASK_OF = {task.topic: task for task in TASKS}
MOST_ASKED = ("allocation", "inpatient", "contribution-years", "gap", "retirement-age")
"""What people come for, the most asked first; the list on the first page begins with as many, whatever there is."""
GROUPS = {"money": "拿钱", "care": "看病", "years": "缴费与年限", "retirement": "退休", "errand": "查询与办事"}


def first_tasks() -> tuple[Task, ...]:
    """The tasks at the top of the first page: the most asked ones, filled up in the order of the topics."""
    asked = [TASK_OF[name] for name in MOST_ASKED if name in TASK_OF]
    return tuple([*asked, *(task for task in TASKS if task not in asked)][: len(MOST_ASKED)])


def other_tasks() -> list[tuple[str, list[Task]]]:
    """The tasks further down, under the part of life to which they belong."""
    rest = [task for task in TASKS if task not in first_tasks()]
    groups = [(word, [task for task in rest if ALL_TOPICS[task.topic].group == name]) for name, word in GROUPS.items()]
    return [(word, tasks) for word, tasks in groups if tasks]


ICONS = {
    "back": '<path d="m15 5-7 7 7 7"/>',
    "next": '<path d="m9 5 7 7-7 7"/>',
    "phone": '<path d="M5 4h4l1.6 4.4-2.2 1.7a12 12 0 0 0 5.5 5.5l1.7-2.2L20 15v4a1.6 1.6 0 0 1-1.7 1.6'
    'C10.6 20 4 13.4 3.4 5.7A1.6 1.6 0 0 1 5 4z"/>',
    "warning": '<path d="M12 3.5 21.5 20h-19zM12 10v4.5m0 2.8v.01"/>',
    "calculator": '<rect x="5" y="3" width="14" height="18" rx="2"/>'
    '<path d="M8.5 7.5h7M8.5 12h.01M12 12h.01M15.5 12h.01M8.5 16.5h.01M12 16.5h.01M15.5 16.5h.01"/>',
    "flag": '<path d="M5.5 21V4h12l-2.5 4.3 2.5 4.2h-12"/>',
    "calendar": '<rect x="3.5" y="5" width="17" height="15.5" rx="2"/><path d="M3.5 10h17M8 3v4m8-4v4"/>',
    "coins": '<ellipse cx="9" cy="7" rx="5.5" ry="3"/><path d="M3.5 7v5c0 1.7 2.5 3 5.5 3m-5.5-3v5c0 1.7 2.5 3 5.5 3"/>'
    '<ellipse cx="15" cy="14" rx="5.5" ry="3"/><path d="M9.5 14v4c0 1.7 2.5 3 5.5 3s5.5-1.3 5.5-3v-4"/>',
    "bed": '<path d="M3 19V6m0 9h18v4M21 15v-2a3 3 0 0 0-3-3h-7v5"/><circle cx="7" cy="11.5" r="1.8"/>',
    "compare": '<path d="M4 8h14m-4-4 4 4-4 4M20 16H6m4-4-4 4 4 4"/>',
    "map": '<path d="m3.5 6 5.5-2 6 2 5.5-2v14L15 20l-6-2-5.5 2zM9 4v14m6-12v14"/>',
    "receipt": '<path d="M6 3.5h12v17l-3-2-3 2-3-2-3 2zM9.5 8l2.5 3 2.5-3M9 13h6m-6-2h6m-3 0v5"/>',
    "wallet": '<path d="M18 7.5V5a1.5 1.5 0 0 0-1.5-1.5h-11a2 2 0 0 0 0 4H19A1.5 1.5 0 0 1 20.5 9v9.5'
    'A1.5 1.5 0 0 1 19 20H5.5a2 2 0 0 1-2-2V5.5"/><path d="M20.5 11.5H16a2.2 2.2 0 0 0 0 4.5h4.5"/>',
    "family": '<circle cx="8" cy="6.5" r="3"/><circle cx="16.5" cy="8.5" r="2.3"/>'
    '<path d="M2.5 20v-3.5A4.5 4.5 0 0 1 7 12h2a4.5 4.5 0 0 1 4.5 4.5V20M16 13.5h1.5a4 4 0 0 1 4 4V20"/>',
    "pulse": '<path d="M3 12h4l2.5-6 4.5 12 2.5-6H21"/>',
    "hourglass": '<path d="M6 3.5h12M6 20.5h12M7.5 3.5v3.2c0 2 4.5 4 4.5 5.3 0-1.3 4.5-3.3 4.5-5.3V3.5m-9 17v-3.2'
    'c0-2 4.5-4 4.5-5.3 0 1.3 4.5 3.3 4.5 5.3v3.2"/>',
    "move": '<circle cx="5.5" cy="18" r="2"/><circle cx="18.5" cy="6" r="2"/>'
    '<path d="M5.5 16c0-7 4-10 10.5-10m-3-3 3 3-3 3"/>',
    "record": '<rect x="4.5" y="3.5" width="15" height="17" rx="2"/><path d="M8 8h8M8 12h8M8 16h4"/>',
    "enrol": '<rect x="3" y="5" width="18" height="14" rx="2"/><circle cx="8.5" cy="10.5" r="2"/>'
    '<path d="M5.5 16c.4-2 5.6-2 6 0M14.5 10h4m-4 4h3"/>',
    "pay": '<rect x="3" y="5.5" width="18" height="13" rx="2"/><path d="M3 10h18M7 15h4"/>',
    "progress": '<circle cx="5" cy="12" r="2"/><circle cx="12" cy="12" r="2"/><circle cx="19" cy="12" r="2"/>'
    '<path d="M7 12h3m4 0h3"/>',
    "code": '<rect x="4" y="4" width="6" height="6"/><rect x="14" y="4" width="6" height="6"/>'
    '<rect x="4" y="14" width="6" height="6"/><path d="M14 14h2v2h-2zM18 18h2v2h-2zM14 20v-1m6-5v1"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3.5 2"/>',
    "repair": '<path d="M4 12a8 8 0 0 1 13.7-5.7L20 8.5M20 4v4.5h-4.5M20 12a8 8 0 0 1-13.7 5.7L4 15.5M4 20v-4.5h4.5"/>',
    "twice": '<rect x="3.5" y="7.5" width="12" height="12" rx="2"/><path d="M8.5 7.5V6a2 2 0 0 1 2-2h8a2 2 0 0 1 2 2v8'
    'a2 2 0 0 1-2 2h-3"/>',
    "rise": '<path d="M4 18 10 12l3.5 3.5L20 8m-5 0h5v5"/>',
    "pill": '<rect x="2.5" y="8.5" width="19" height="7" rx="3.5" transform="rotate(-45 12 12)"/>'
    '<path d="m9.5 9.5 5 5"/>',
    "journey": '<path d="M3.5 17.5h17M5 17.5V9a2 2 0 0 1 2-2h10a2 2 0 0 1 2 2v8.5M5 12.5h14M9.5 7v5.5"/>'
    '<circle cx="8.5" cy="18.5" r="1.5"/><circle cx="15.5" cy="18.5" r="1.5"/>',
    "cradle": '<circle cx="12" cy="12" r="8.5"/><path d="M8.5 14c1.8 2.4 5.2 2.4 7 0M9 10h.01M15 10h.01"/>'
    '<path d="M12 3.5c-1.5 2 .5 3 1.5 2"/>',
    "shield": '<path d="m12 3 7.5 3v5.5c0 4.6-3.1 8-7.5 9.5-4.4-1.5-7.5-4.9-7.5-9.5V6zM12 8v5m0 3v.01"/>',
    "eye": '<path d="M2 12s3.6-6.5 10-6.5S22 12 22 12s-3.6 6.5-10 6.5S2 12 2 12z"/><circle cx="12" cy="12" r="3"/>',
    "eye-closed": '<path d="M3 10c2 3 5 4.7 9 4.7s7-1.7 9-4.7"/>'
    '<path d="M5.5 13.4 4 16m5.2-1.6-.7 2.9m6.3-2.9.7 2.9m3-3.9L20 16"/>',
    "pencil": '<path d="M4 20h4L19 9l-4-4L4 16z"/>',
    "save": '<path d="M12 4v11m-4.5-4.5L12 15l4.5-4.5M5 20h14"/>',
    "print": '<path d="M7 9V4h10v5M7 17H4v-6.5A1.5 1.5 0 0 1 5.5 9h13a1.5 1.5 0 0 1 1.5 1.5V17h-3M7 14h10v6H7z"/>',
}
GRADE_SHAPES = {
    "official": '<circle cx="6" cy="6" r="5" fill="currentColor"/>',
    "reported": '<circle cx="6" cy="6" r="5" fill="none" stroke="currentColor" stroke-width="1.5"/>'
    '<path d="M6 1a5 5 0 0 1 0 10z" fill="currentColor"/>',
    "unverified": '<circle cx="6" cy="6" r="5" fill="none" stroke="currentColor" stroke-width="1.5" '
    'stroke-dasharray="2 2"/>',
}
