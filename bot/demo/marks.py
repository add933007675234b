"""What marks a row as the demonstration's. By these marks, and what hangs on such rows, it is found and removed again."""

from __future__ import annotations

from desk.staff.policy import system_actor

SOURCE = "示例数据"
"""Whose postings and events they are, and who acts while they are made."""
CHANNEL = "demo"
COLLEGE = "示例学院"
PREFIX = "示例·"
"""Before every name of a person or an employer."""
ACCOUNTS = ("demo-counsellor", "demo-supervisor")
STUDENT_NUMBERS = "SHILI-"
TICKETS = "SL-"
MAKER = system_actor(SOURCE)
