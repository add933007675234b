"""What can go wrong with a backup.

BackupError
├── BackupInvalid     the file is no backup of ours, or was damaged or changed
└── PlaceNotEmpty     there is something where the backup is to be put back
"""

from __future__ import annotations


class BackupError(Exception):
    """A backup cannot be taken or put back; the message is one Chinese line."""


class BackupInvalid(BackupError):
    """The file is no backup of ours, or was damaged or changed."""


class PlaceNotEmpty(BackupError):
    """There is something where the backup is to be put back: nothing is ever overwritten."""
