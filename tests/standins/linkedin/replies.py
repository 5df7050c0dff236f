"""How the API refuses: {"status", "message", "code", "serviceErrorCode", "errorDetails"}."""

from typing import Any

from tests.standins.base.exchange import Reply, as_json


def refused(
    status: int, message: str, code: str = "", *, service: int = 0, wrong: str = ""
) -> Reply:
    """wrong: the code of an input error."""
    body: dict[str, Any] = {"message": message, "status": status}
    if code:
        body["code"] = code
    if service:
        body["serviceErrorCode"] = service
    if wrong:
        body["errorDetailType"] = "com.linkedin.common.error.BadRequest"
        body["errorDetails"] = {
            "inputErrors": [{"description": message, "input": {}, "code": wrong}]
        }
    return as_json(body, status)


def duplicate(urn: str) -> Reply:
    """As recorded in https://github.com/Arisamiga/Linkedin-RSS/issues/5."""
    said = "com.linkedin.content.common.exception.BadRequestResponseException: "
    return refused(422, f"{said}Content is a duplicate of {urn}", wrong="DUPLICATE_POST")
