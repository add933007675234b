"""What the action server returns is checked by a validator that is built once.

Rasa 3.6 builds and re-checks a fixed JSON schema for every result of every action, which is most of the time of a
turn. `install` puts a compiled validator of the same schema in its place: malformed results are rejected as before.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import jsonschema
import jsonschema_rs
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.shared.constants import DOCS_BASE_URL

_ADVICE = (
    ". Failed to validate Action server response from API, make sure your response from the Action endpoint is valid. "
    f"For more information about the format visit {DOCS_BASE_URL}/custom-actions"
)


def install() -> None:
    """Makes Rasa's remote actions check their results with the validator built once; twice does no harm."""
    _validator()
    RemoteAction._validate_action_result = _validate_action_result


@lru_cache(maxsize=1)
def _validator() -> Any:
    """The compiled validator of Rasa's own schema of an action's result, the schema itself checked."""
    schema = RemoteAction.action_response_format_spec()
    validator_for(schema).check_schema(schema)
    return jsonschema_rs.validator_for(schema)


def _validate_action_result(self: RemoteAction, result: dict[str, Any]) -> bool:
    """True for a well-formed result; raises jsonschema.ValidationError, as Rasa expects, for any other."""
    try:
        _validator().validate(result)
    except jsonschema_rs.ValidationError as error:
        raise jsonschema.ValidationError(f"{error.message}{_ADVICE}", instance=result) from error
    return True
