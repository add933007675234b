"""What can go wrong at the desk.

DeskError
├── AnnouncementRefused    an announcement has no text or no day left to be shown on
├── CareRefused            a care file cannot take what it was told; the message is Chinese and for the counsellor
│   ├── CareConflict       somebody else changed the file meanwhile
│   └── CareNotFound       there is no such file, or it is of a college that is not theirs to see
├── RequestRefused         what a staff member wants of a ticket cannot be done now; says why
│   ├── KnowledgeRefused   the same of the knowledge: a draft, a document
│   ├── SurveyRefused      the same of a survey, by staff who write it or a graduate who answers
│   └── TrainingRefused    the same of a training
├── ProviderFailed         the provider of single sign-on cannot be asked, or answers nonsense
├── ReportRefused          a report is asked for a span of days that is none, or too long
├── SignInRefused          name, password or code is wrong, or the account is closed: which of them is not told
│   ├── CodeNeeded         the password was right and the second factor is missing
│   └── TooManyAttempts    too many failures of the account or from the address; later it may be tried again
├── StaffRefused           an account cannot be made or changed like that
├── TicketConflict         too many others changed the same ticket at the same moment
└── TooManySubscriptions   a conversation has as many subscriptions as it may
"""

from __future__ import annotations


class DeskError(Exception):
    """Any failure of the desk that is not the database's own."""


class TicketConflict(DeskError):
    """A ticket could not be written because others kept changing it; asking again is safe."""


class RequestRefused(DeskError):
    """What a staff member wants of a ticket cannot be done now.

    `code` is the API's word for it, `message` a Chinese sentence, `holder` who has the ticket, where that is the reason.
    """

    def __init__(self, code: str, message: str, holder: str | None = None) -> None:
        super().__init__(code)
        self.code, self.message, self.holder = code, message, holder


class KnowledgeRefused(RequestRefused):
    """What a staff member wants of the knowledge cannot be done like that."""


class SurveyRefused(RequestRefused):
    """What somebody wants of a survey cannot be done."""


class TrainingRefused(RequestRefused):
    """What somebody wants of a training cannot be done."""


class TooManySubscriptions(DeskError):
    """A conversation has as many subscriptions as it may; one must end first."""


class AnnouncementRefused(DeskError):
    """An announcement has no text, too long a text, or ends before it begins."""


class CareRefused(DeskError):
    """A care file cannot take what it was told; the message is a Chinese line for the counsellor."""


class CareConflict(CareRefused):
    """The file was changed since the counsellor read it."""


class CareNotFound(CareRefused):
    """There is no such file, or none that this person may see: which of the two is not told."""


class ReportRefused(DeskError):
    """A report is asked for a span of days that is none, or too long; the message is a Chinese line."""


class StaffRefused(DeskError):
    """An account cannot be made or changed like that; the message is a Chinese sentence that says why."""


class SignInRefused(DeskError):
    """Name, password or code is wrong, or the account is closed. Which of them, nobody is told."""


class CodeNeeded(SignInRefused):
    """The password was right; a code of the second factor is asked for."""


class TooManyAttempts(SignInRefused):
    """Too many failures of this account or from this address; `seconds` until it may be tried again."""

    def __init__(self, seconds: int) -> None:
        super().__init__("too many attempts")
        self.seconds = seconds


class ProviderFailed(DeskError):
    """The provider of single sign-on cannot be asked, or answers nonsense; the message names what, for the log."""
