"""
Resource types the emulator does not know. CloudFormation takes them and answers what other resources ask of them, and nothing
else happens: what they do on AWS is not tried here. A type that a later version knows itself stops the start, so the list shrinks.
"""

from ministack.core.responses import get_account_id, get_region
from ministack.services.cloudformation import provisioners


def _recorded(path, attributes=lambda name: {}):
    """
    Refers by the property at `path`, else by stack and logical id; `attributes` are what Fn::GetAtt knows. An update is a create
    under the same name, as the emulator does it for every type without an update of its own.
    """

    def create(logical_id, props, stack_name):
        name = props
        for step in path.split("."):
            name = name.get(step, {})
        name = name or f"{stack_name}-{logical_id}"
        return name, attributes(name)

    return {"create": create, "delete": lambda physical_id, props: None}


def _arn(service, kind, region=True):
    return lambda name: f"arn:aws:{service}:{get_region() if region else ''}:{get_account_id()}:{kind}/{name}"


LACKING = {
    "AWS::Budgets::Budget": _recorded("Budget.BudgetName"),
    "AWS::CloudFront::Function": _recorded(
        "Name", lambda name: {"FunctionARN": _arn("cloudfront", "function", region=False)(name), "Stage": "LIVE"}
    ),
    "AWS::CloudFront::OriginAccessControl": _recorded("OriginAccessControlConfig.Name", lambda name: {"Id": name}),
    "AWS::CloudFront::ResponseHeadersPolicy": _recorded("ResponseHeadersPolicyConfig.Name", lambda name: {"Id": name}),
    "AWS::Events::Archive": _recorded(
        "ArchiveName", lambda name: {"ArchiveName": name, "Arn": _arn("events", "archive")(name)}
    ),
    "AWS::Logs::MetricFilter": _recorded("FilterName"),
    "AWS::IoT::Authorizer": _recorded("AuthorizerName", lambda name: {"Arn": _arn("iot", "authorizer")(name)}),
}


def record():
    known = [name for name in LACKING if name in provisioners._RESOURCE_HANDLERS]
    if known:
        raise SystemExit(f"The emulator knows these by now; take them off the list in {__file__}: {', '.join(known)}")
    for name, handlers in LACKING.items():
        provisioners._RESOURCE_HANDLERS[name] = handlers
        print(f"lacking: {name}", flush=True)
