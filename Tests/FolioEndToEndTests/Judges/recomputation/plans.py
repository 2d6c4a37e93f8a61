"""Which price list held when."""

from typing import NamedTuple

from .calendar import shared
from .store import Plan


class UnknownPlan(Exception):
    pass


class Segment(NamedTuple):
    span: tuple
    plan: Plan
    is_trial: bool


def subscription_at(customer, moment):
    """The one that started last, unless it has ended."""
    started = [each for each in customer.subscriptions if each.starts <= moment]
    latest = started[-1] if started else None
    return None if latest is None or latest.ends is not None and latest.ends <= moment else latest


def version_at(plans, id, moment):
    """The latest version in effect, else the first one."""
    versions = [plan for plan in plans if plan.id == id]
    in_effect = [plan for plan in versions if plan.effective <= moment]
    return in_effect[-1] if in_effect else versions[0] if versions else None


def segments_of(customer, span):
    """The stretches of a span with one price list each; times without a subscription are left out."""
    moments = {span[0], *_changes(customer)}
    starts = sorted(moment for moment in moments if shared(span, (moment, moment + 1)))
    found = []
    for start, end in zip(starts, starts[1:] + [span[1]]):
        subscription = subscription_at(customer, start)
        if subscription is None:
            continue
        plan = version_at(customer.plans, subscription.plan_at(start), start)
        if plan is None:
            raise UnknownPlan(subscription.plan_at(start))
        trial = subscription.trial_ends is not None and start < subscription.trial_ends
        found.append(Segment((start, end), plan, trial))
    return joined(found)


def _changes(customer):
    """Every instant at which a price may change."""
    for subscription in customer.subscriptions:
        yield from (subscription.starts, subscription.ends or 0, subscription.trial_ends or 0)
        yield from (counts for _, _, counts in subscription.changes)
    yield from (plan.effective for plan in customer.plans)


def joined(segments):
    """Neighbours that charge alike as one, so that a change that changes nothing changes no cent."""
    result = []
    for segment in segments:
        last = result[-1] if result else None
        if last and last.span[1] == segment.span[0] and _alike(last, segment):
            result[-1] = Segment((last.span[0], segment.span[1]), segment.plan, segment.is_trial)
        else:
            result.append(segment)
    return result


def _alike(one, other):
    return (one.plan.id, one.plan.terms, one.is_trial) == (other.plan.id, other.plan.terms, other.is_trial)
