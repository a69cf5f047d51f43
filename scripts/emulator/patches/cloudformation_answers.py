"""
Two answers of CloudFormation that CDK relies on. Some actions know a stack by its name only: DeleteStack by ARN answers with success
and does nothing. And DeleteChangeSet refuses what is not there, where AWS succeeds, so that a third deploy without changes fails.
"""

from ministack.services import cloudformation
from ministack.services.cloudformation import changesets, handlers, helpers


def _named(params, key, *default):
    value = helpers._p(params, key, *default)
    if key != "StackName" or not value.startswith("arn:"):
        return value
    name = value.split(":stack/")[-1].split("/")[0]
    stack = cloudformation._stacks.get(name)
    # A deleted stack goes by its ARN alone.
    stands = stack and stack.get("StackId") == value and stack.get("StackStatus") != "DELETE_COMPLETE"
    return name if stands else value


def _delete_change_set(params):
    found, _ = changesets._find_change_set(_named(params, "ChangeSetName"), _named(params, "StackName"))
    return changesets._delete_change_set(params) if found else helpers._xml(200, "DeleteChangeSetResponse", "")


def apply():
    handlers._p = _named
    changesets._p = _named
    handlers._ACTION_HANDLERS["DeleteChangeSet"] = _delete_change_set
