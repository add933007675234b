"""A made-up graduate of whom all is known that the mark 底数清 asks of a roster."""

from __future__ import annotations

WHOLE = {
    "student_number": "20270001",
    "name": "林小满",
    "college": "文学院",
    "class_name": "汉语言2301",
    "cohort": "2027届",
    "degree": "本科",
    "major": "汉语言文学",
    "phone": "13800001234",
}
