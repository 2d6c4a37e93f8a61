"""Clients that begin requests and never end them."""

import socket
import threading

from . import wire

# How often each client sends one more byte.
PAUSE_SECONDS = 0.5


class SlowClient:
    """One connection after another, on each of which a request begins and goes on by single bytes."""

    def __init__(self, address, beginning):
        self.address, self.beginning = address, beginning
        self.socket, self.statuses, self.answer = None, set(), b""

    def step(self):
        try:
            if self.socket is None:
                return self.connect()
            self.socket.send(b"a")
            self.read()
        except BlockingIOError:
            # Nothing to read, or no room for a further byte: as slow as can be.
            return
        except OSError:
            self.close()

    def connect(self):
        self.answer = b""
        self.socket = socket.create_connection(self.address, timeout=1)
        self.socket.sendall(self.beginning)
        self.socket.setblocking(False)

    def read(self):
        data = self.socket.recv(4_096)
        self.answer += data
        if self.answer.startswith(b"HTTP/1.1 ") and len(self.answer) >= 12:
            self.statuses.add(int(self.answer[9:12]))
        if not data:
            self.close()

    def close(self):
        if self.socket is not None:
            self.socket.close()
        self.socket = None


class SlowClients:
    """So many clients with slow heads and as many with slow bodies, at work until the end of a `with`."""

    def __init__(self, address, mail, count):
        head = f"POST {wire.PATH} HTTP/1.1\r\nHost: localhost\r\nX-Slow: ".encode()
        fields = "".join(f"{name}: {value}\r\n" for name, value in mail.source.headers("evt_slow", b"").items())
        body = f"POST {wire.PATH} HTTP/1.1\r\nHost: localhost\r\n{fields}Content-Length: 200000\r\n\r\n{{".encode()
        self.clients = [SlowClient(address, each) for each in (head, body) for _ in range(count)]
        self.most, self.is_over = 0, threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.is_over.set()
        self.thread.join()
        for client in self.clients:
            client.close()

    def run(self):
        while not self.is_over.is_set():
            for client in self.clients:
                client.step()
            self.most = max(self.most, sum(client.socket is not None for client in self.clients))
            self.is_over.wait(PAUSE_SECONDS)

    @property
    def statuses(self):
        """What the clients were answered, before their ends."""
        return set().union(*(client.statuses for client in self.clients))
