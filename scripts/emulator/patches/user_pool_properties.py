"""
CloudFormation keeps a dozen properties of a user pool and its client and forgets the others, the words of the mails and the life
of tokens among them, though the service itself reads them.
"""

from ministack.services import cognito
from ministack.services.cloudformation.provisioners import _RESOURCE_HANDLERS


def _keep(resource_type, record):
    handlers = _RESOURCE_HANDLERS[resource_type]
    create = handlers["create"]

    def keeping(logical_id, props, stack_name):
        physical_id, attributes = create(logical_id, props, stack_name)
        for name, value in props.items():
            record(physical_id, props).setdefault(name, value)
        return physical_id, attributes

    handlers["create"] = keeping


def apply():
    _keep("AWS::Cognito::UserPool", lambda pool_id, props: cognito._user_pools[pool_id])
    _keep(
        "AWS::Cognito::UserPoolClient",
        lambda client_id, props: cognito._user_pools[props["UserPoolId"]]["_clients"][client_id],
    )
