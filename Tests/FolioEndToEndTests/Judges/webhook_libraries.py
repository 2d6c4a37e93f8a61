"""Signs random messages with the libraries that senders use.

    webhook_libraries.py COUNT [--seed N]

Prints, for each of standardwebhooks, svix and stripe, COUNT lines of JSON: the library, the scheme as Folio calls it,
the secret, the headers, the body in base 64, and the second of signing.
"""

import argparse
import base64
import datetime
import json
import random
import time

import standardwebhooks
import stripe
import svix.webhooks

ALPHABET = "abc {}[]\":,.\\/0123456789éß€漢𝄞\u0000\u2028\n\t\r"


def random_text(numbers, most):
    return "".join(numbers.choice(ALPHABET) for _ in range(numbers.randint(0, most)))


def random_body(numbers):
    """JSON of several spellings, and texts that are none: a signature covers bytes."""
    value = {"type": "billing.test", "data": {random_text(numbers, 8): random_text(numbers, 200)}}
    style = numbers.randrange(4)
    if style == 0:
        return random_text(numbers, 400)
    return json.dumps(value, ensure_ascii=style == 1, indent=2 if style == 2 else None)


def random_secret(numbers):
    secret = base64.b64encode(numbers.randbytes(numbers.randint(24, 64))).decode()
    if numbers.random() < 0.3:
        secret = secret.rstrip("=")
    return secret if numbers.random() < 0.3 else "whsec_" + secret


def standard(library, webhook, numbers, second):
    secret, body = random_secret(numbers), random_body(numbers)
    identity = f"msg_{numbers.getrandbits(128):032x}"
    stamp = datetime.datetime.fromtimestamp(second, tz=datetime.timezone.utc)
    signature = webhook(secret).sign(identity, stamp, body)
    headers = {"webhook-id": identity, "webhook-timestamp": str(second), "webhook-signature": signature}
    return library, "standard-webhooks", secret, headers, body


def stripe_like(numbers, second):
    secret, body = "whsec_" + random_secret(numbers).rstrip("="), random_body(numbers)
    signature = stripe.WebhookSignature._compute_signature(f"{second}.{body}", secret)
    header = f"t={second},v1={signature}"
    # The library itself believes it: what is judged is its own rule.
    stripe.WebhookSignature.verify_header(body, header, secret, tolerance=300)
    return "stripe", "stripe", secret, {"Stripe-Signature": header}, body


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    numbers, second = random.Random(options.seed), int(time.time())
    for _ in range(options.count):
        for library, scheme, secret, headers, body in (
            standard("standardwebhooks", standardwebhooks.Webhook, numbers, second),
            standard("svix", svix.webhooks.Webhook, numbers, second),
            stripe_like(numbers, second),
        ):
            line = {
                "library": library, "scheme": scheme, "secret": secret, "headers": headers,
                "body": base64.b64encode(body.encode()).decode(), "second": second,
            }
            print(json.dumps(line))


if __name__ == "__main__":
    main()
