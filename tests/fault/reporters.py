"""Many people reporting at a steady rate, who try again when nobody answers, and remember what was acknowledged."""
import asyncio
import json
import random
import time
import uuid


def uuid7(rng):
    """An Idempotency-Key that says when it was made, so that sending again later is still the same report."""
    value = int(time.time() * 1000) << 80 | 7 << 76 | rng.getrandbits(12) << 64 | 2 << 62 | rng.getrandbits(62)
    return str(uuid.UUID(int=value))


class Reporters:
    """Sends `rate` reports a second over `connections` connections; a report without an answer is sent again as it is."""

    def __init__(self, port, slugs, rate, connections=64, patience=60.0):
        self.port, self.slugs, self.rate, self.connections, self.patience = port, slugs, rate, connections, patience
        self.acknowledged = {}   # idempotency key → id
        self.refused = {}        # status → how often
        self.examples = {}       # status → one answer, for people
        self.disconnects = 0
        self.longest_wait = 0.0  # of one request that was answered
        self.waits = []          # of each, in seconds
        self.given_up = 0
        self.random = random.Random(1)

    def run(self, seconds, meanwhile=None):
        """Reports for so long; `meanwhile(elapsed)` is awaited beside it."""
        asyncio.run(self._run(seconds, meanwhile))

    async def _run(self, seconds, meanwhile):
        self.queue = asyncio.Queue()
        people = [asyncio.create_task(self._person()) for _ in range(self.connections)]
        disturbance = asyncio.create_task(meanwhile()) if meanwhile else None
        began, sent = time.monotonic(), 0
        while (elapsed := time.monotonic() - began) < seconds:
            for _ in range(int(elapsed * self.rate) - sent):
                self.queue.put_nowait(self._submission())
                sent += 1
            await asyncio.sleep(0.01)
        if disturbance:
            await disturbance
        await self.queue.join()
        for person in people:
            person.cancel()
        await asyncio.gather(*people, return_exceptions=True)
        self.sent = sent

    def _submission(self):
        octets = [self.random.randint(11, 126)] + [self.random.randint(1, 254) for _ in range(3)]
        body = json.dumps({"message": f"error {self.random.randint(1, 999)}"}) if self.random.random() < .3 else "{}"
        return uuid7(self.random), self.random.choice(self.slugs), ".".join(map(str, octets)), body

    async def _person(self):
        connection = None
        try:
            while True:
                submission = await self.queue.get()
                connection = await self._report(connection, submission)
                self.queue.task_done()
        finally:
            if connection:
                connection[1].close()

    async def _report(self, connection, submission):
        """Sends one submission until it is answered; the connection as it is afterwards."""
        deadline = time.monotonic() + self.patience
        while True:
            try:
                connection = connection or await asyncio.open_connection("127.0.0.1", self.port)
                if await self._send(connection, *submission):
                    return connection
            except (OSError, asyncio.IncompleteReadError, ValueError):
                self.disconnects += 1
                if connection:
                    connection[1].close()
                connection = None
            if time.monotonic() > deadline:
                self.given_up += 1
                return connection
            await asyncio.sleep(0.05)

    async def _send(self, connection, key, slug, address, body):
        """True when this submission needs no further try."""
        reader, writer = connection
        began = time.monotonic()
        writer.write((f"POST /api/v1/services/{slug}/reports HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                      f"X-Forwarded-For: {address}\r\nIdempotency-Key: {key}\r\nContent-Length: {len(body)}\r\n\r\n{body}").encode())
        await writer.drain()
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        fields = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
        answer = await reader.readexactly(int(fields.get("content-length", 0)))
        status = int(head.split(" ", 2)[1])
        self.waits.append(time.monotonic() - began)
        self.longest_wait = max(self.longest_wait, self.waits[-1])
        if status == 202:
            self.acknowledged[key] = json.loads(answer)["id"]
        else:
            self.refused[status] = self.refused.get(status, 0) + 1
            self.examples.setdefault(status, answer.decode("utf-8", "replace")[:300])
        if fields.get("connection") == "close":
            writer.close()
        return status == 202 or 400 <= status < 500
