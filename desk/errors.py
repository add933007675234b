"""What can go wrong at the desk.

DeskError
└── TicketConflict   too many others changed the same ticket at the same moment
"""

from __future__ import annotations


class DeskError(Exception):
    """Any failure of the desk that is not the database's own."""


class TicketConflict(DeskError):
    """A ticket could not be written because others kept changing it; asking again is safe."""
