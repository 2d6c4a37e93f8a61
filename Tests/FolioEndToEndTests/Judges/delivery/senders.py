"""Senders that post signed events over several connections, and know which were acknowledged."""

import collections
import json
import threading

from . import wire

# What an acknowledgement of a valid event may say of it, at the first attempt and later.
GOOD_STATES = ("accepted", "pending", "applied", "waiting")


class Mail:
    """Events on their way to a listener.

    What is not acknowledged is sent again; one in `repetition` of what is sent was acknowledged before.
    """

    def __init__(self, source, chance, repetition=10):
        self.source, self.chance, self.repetition = source, chance, repetition
        self.events, self.queue, self.acknowledged, self.repeatable = {}, collections.deque(), {}, []
        self.faults, self.repeated = [], 0
        self.lock = threading.Lock()
        # Called by the sender that has just got an event's first acknowledgement, with how many there are.
        self.note_acknowledged = lambda count: None

    def add(self, events):
        """Puts events at the end of the queue."""
        by_id = {event["id"]: event for event in events}
        with self.lock:
            self.events |= by_id
            self.queue.extend(by_id)

    def take(self):
        """The id of the next event to send; None where all are acknowledged or with other senders."""
        with self.lock:
            if not self.queue:
                return None
            if self.repetition and self.repeatable and self.chance.randrange(self.repetition) == 0:
                self.repeated += 1
                return self.chance.choice(self.repeatable)
            return self.queue.popleft()

    def give_back(self, id):
        with self.lock:
            if id not in self.acknowledged:
                self.queue.append(id)

    def request(self, id):
        """An attempt at an event; one in four names the customer in the path, too."""
        event = self.events[id]
        body = json.dumps(event, ensure_ascii=False).encode()
        customer = event.get("customer_id")
        path = f"{wire.PATH}/{customer}" if customer and self.chance.randrange(4) == 0 else wire.PATH
        return wire.request(self.source.headers(id, body), body, path)

    def note(self, id, answer):
        """Keeps what was answered; whether it is an acknowledgement."""
        if answer.status != 202:
            self.faults.append(f"{id} is answered with {answer.status} {answer.body[:200]!r}")
            return False
        said = json.loads(answer.body)
        if said.get("id") != id or said.get("state") not in GOOD_STATES:
            self.faults.append(f"{id} is answered with {answer.body[:200]!r}")
        with self.lock:
            is_new = id not in self.acknowledged
            if is_new:
                self.acknowledged[id] = said.get("state")
                self.repeatable.append(id)
            count = len(self.acknowledged)
        if is_new:
            self.note_acknowledged(count)
        return True


def deliver(mail, address, connections=4, requests_limit=None):
    """Sends until nothing is left or the listener is gone."""
    threads = [
        threading.Thread(target=send, args=(mail, address, requests_limit), daemon=True) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def send(mail, address, requests_limit=None):
    """Sends over one connection, or over one after another where each may have so many requests only."""
    connection, left, id = None, 0, None
    try:
        while (id := mail.take()) is not None:
            if connection is None or left == 0:
                connection = renewed(connection, address, mail)
                left = mail.chance.randrange(1, requests_limit) if requests_limit else -1
            left -= 1
            if not mail.note(id, connection.ask(mail.request(id))):
                mail.give_back(id)
                break
    except wire.Lost:
        mail.give_back(id)
    finally:
        if connection is not None:
            connection.close()


def renewed(connection, address, mail):
    """A new connection; the old one ends in order, or as a crash ends it."""
    if connection is not None:
        mail.chance.choice([connection.close, connection.reset])()
    return wire.Connection(address)
