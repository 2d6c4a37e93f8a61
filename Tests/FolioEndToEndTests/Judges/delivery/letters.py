"""Events for senders: from several customers, some before what they are about."""

from datetime import timedelta

from publication import shop


def newcomer(chance, number):
    """All events of a customer who comes, in any order, and a payment of an invoice that nobody knows."""
    id = f"cus_new_{number:04}"
    start = shop.START + timedelta(days=chance.randrange(40))
    events = list(shop.customer(id, start, partners=1 + number % 2))
    events.append(shop.event("payment_succeeded", start, {
        "invoice_id": f"in_unknown_{number}", "amount_paid": "10.00", "payment_method": "card_ending_4242",
        "paid_at": shop.text(start)}, id))
    chance.shuffle(events)
    return events


def change(chance, number, customers):
    """A change of a customer who is there: a name, or usage; no two are the same."""
    id, at = chance.choice(customers), shop.START + timedelta(days=20, seconds=number)
    if number % 3:
        return shop.rename(id, number % 2, f"Name {number}", at)
    return shop.usage(id, shop.START + timedelta(hours=chance.randrange(1_500)), number)


def mixture(chance, first, count, customers):
    """So many events: newcomers' and changes, mixed."""
    events, number = [], first
    while len(events) < count:
        events += newcomer(chance, number) if number % 12 == 0 else [change(chance, number, customers)]
        number += 1
    events = events[:count]
    chance.shuffle(events)
    return events, number
