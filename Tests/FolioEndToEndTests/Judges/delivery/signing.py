"""Messages signed as Standard Webhooks 1.0.0 has it (v1)."""

import base64
import hashlib
import hmac
import json
import os
import time

NAME = "billing"


class Source:
    """A sender that a listener knows, and the file of secrets that makes it known."""

    def __init__(self, folio, folder, name=NAME):
        self.name, self.file = name, folder / "secrets.json"
        words = folio.must("secret", "new", "--source", name).stdout
        with open(os.open(self.file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(words)
        self.secret = json.loads(words)["sources"][0]["secrets"][0].removeprefix("whsec_")
        self.key = base64.b64decode(self.secret)

    def headers(self, id, body, at=None):
        """The three fields that sign a body, made anew at each attempt."""
        stamp = str(int(time.time() if at is None else at))
        code = hmac.new(self.key, f"{id}.{stamp}.".encode() + body, hashlib.sha256).digest()
        return {
            "webhook-id": id, "webhook-timestamp": stamp, "webhook-signature": "v1," + base64.b64encode(code).decode()}
