// token.test.ts: the token is fetched once and kept; a report never waits long for it.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { clientToken } from "../islands/token.ts";

let server: Server, asked = 0, address = "";

class Memory {
  kept = new Map<string, string>();
  getItem(name: string) { return this.kept.get(name) ?? null; }
  setItem(name: string, value: string) { this.kept.set(name, value); }
}
const forget = () => { (globalThis as { localStorage?: unknown }).localStorage = new Memory(); };

before(async () => {
  server = createServer((request, response) => {
    asked++;
    if (request.url === "/client") response.end("t0ken\n");
    else if (request.url === "/broken") { response.statusCode = 503; response.end("sorry"); }
    // anything else is never answered
  });
  await new Promise<void>(done => server.listen(0, "127.0.0.1", done));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => { server.closeAllConnections(); server.close(); });

test("a token is fetched once and kept", async () => {
  forget();
  assert.equal(await clientToken(`${address}/client`), "t0ken");
  const before = asked;
  assert.equal(await clientToken(`${address}/client`), "t0ken");
  assert.equal(asked, before);
});

test("without a token the report goes without", async () => {
  forget();
  assert.equal(await clientToken(`${address}/broken`), "");
  assert.equal(await clientToken(`${address}/silent`, 100), "");
  assert.equal(await clientToken("http://127.0.0.1:1/client"), "");
});

test("a browser that remembers nothing still gets a token", async () => {
  delete (globalThis as { localStorage?: unknown }).localStorage;
  assert.equal(await clientToken(`${address}/client`), "t0ken");
});
