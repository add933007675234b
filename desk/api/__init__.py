"""The console's API under /api/desk. A module of routes a subject; each route names its rule, a service does the work."""

from desk.api.errors import ERRORS, ErrorSaid, Refused, not_found
from desk.api.rules import WithServices, allowed, anyone
from desk.services import DeskServices
from desk.staff.policy import Actor, Permission

__all__ = ["ERRORS", "Actor", "DeskServices", "ErrorSaid", "Permission", "Refused", "WithServices", "allowed", "anyone", "not_found"]
