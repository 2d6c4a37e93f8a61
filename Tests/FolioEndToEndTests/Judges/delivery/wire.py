"""HTTP/1.1 as bytes on a connection, so that a sender decides where each byte goes and when."""

import socket
import struct
import typing

PATH = "/webhooks/billing"


class Lost(Exception):
    """The connection ended before a whole answer."""


class Answer(typing.NamedTuple):
    status: int
    fields: dict
    body: bytes


def request(fields, body, path=PATH, method="POST"):
    """The bytes of a request."""
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", "Content-Type: application/json"]
    lines += [f"{name}: {value}" for name, value in fields.items()] + [f"Content-Length: {len(body)}"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class Connection:
    """One connection to a listener, kept alive from request to request."""

    def __init__(self, address, seconds=30):
        try:
            self.socket = socket.create_connection(address, timeout=seconds)
        except OSError as error:
            raise Lost(str(error)) from error
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.rest = b""

    def ask(self, request):
        self.send(request)
        return self.answer()

    def send(self, data):
        try:
            self.socket.sendall(data)
        except OSError as error:
            raise Lost(str(error)) from error

    def answer(self):
        """The next whole answer, whatever its status."""
        while b"\r\n\r\n" not in self.rest:
            self.read()
        head, self.rest = self.rest.split(b"\r\n\r\n", 1)
        status, *lines = head.decode("latin-1").split("\r\n")
        fields = {name.lower(): value.strip() for name, value in (line.split(":", 1) for line in lines)}
        length = int(fields.get("content-length", 0))
        while len(self.rest) < length:
            self.read()
        body, self.rest = self.rest[:length], self.rest[length:]
        return Answer(int(status.split()[1]), fields, body)

    def read(self):
        try:
            data = self.socket.recv(65_536)
        except OSError as error:
            raise Lost(str(error)) from error
        if not data:
            raise Lost("the listener closed the connection")
        self.rest += data

    def end_sending(self):
        """Says that no more comes, and still reads."""
        try:
            self.socket.shutdown(socket.SHUT_WR)
        except OSError:
            # Already closed by the other side: there may be an answer to read all the same.
            pass

    def close(self):
        self.socket.close()

    def reset(self):
        """Closes with a reset, as a sender that crashes does."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()
