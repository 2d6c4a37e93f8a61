"""UTC: instants are nanoseconds since 1970, spans half-open pairs of them, months (year, month) pairs."""

import datetime

SECOND = 10**9
HOUR = 3600 * SECOND
DAY = 24 * HOUR
EPOCH = datetime.date(1970, 1, 1)


def instant(text):
    """Reads RFC 3339 in UTC."""
    clock, _, fraction = text.removesuffix("Z").partition(".")
    moment = datetime.datetime.strptime(clock, "%Y-%m-%dT%H:%M:%S")
    seconds = (moment - datetime.datetime(1970, 1, 1)) // datetime.timedelta(seconds=1)
    return seconds * SECOND + int(fraction.ljust(9, "0") or "0")


def text_of(moment):
    """The instant as feeds print it; whole seconds."""
    seconds = datetime.timedelta(seconds=moment // SECOND)
    return (datetime.datetime(1970, 1, 1) + seconds).strftime("%Y-%m-%dT%H:%M:%SZ")


def day_of(moment):
    return moment // DAY


def date_of(day):
    return EPOCH + datetime.timedelta(days=day)


def month_of(moment):
    date = date_of(day_of(moment))
    return (date.year, date.month)


def month_text(month):
    return "%04d-%02d" % month


def month_named(text):
    year, month = text.split("-")
    return (int(year), int(month))


def following(month):
    year, number = month
    return (year + number // 12, number % 12 + 1)


def month_start(month):
    return (datetime.date(*month, 1) - EPOCH).days * DAY


def span_of(month):
    return (month_start(month), month_start(following(month)))


def months_through(first, last):
    while first <= last:
        yield first
        first = following(first)


def seconds_in(span):
    return span[1] // SECOND - span[0] // SECOND


def shared(one, other):
    """What two spans have in common; None where that is nothing."""
    start, end = max(one[0], other[0]), min(one[1], other[1])
    return (start, end) if start < end else None
