// support/desk.mjs: the way in for an operator without a browser: the setup link, and tokens of any scope.
import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";

const form = fields => ({ method: "POST", redirect: "manual", body: new URLSearchParams(fields) });
const cookieOf = answer => answer.headers.get("set-cookie").split(";")[0];

async function setupLink(outcry) {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; await pause(50)) {
    const link = outcry.said().match(/http:\/\/\S+(\/admin\/link\/[\w-]{43})/)?.[1];
    if (link) return outcry.url + link;
  }
  throw new Error(`no setup link: ${outcry.said()}`);
}

/** The first admin of a fresh instance: {cookie, csrf, token(name, …scopes)}. */
export async function becomeAdmin(outcry) {
  const password = "olive tractor quiet seven";
  const answer = await fetch(await setupLink(outcry), form({ name: "mara", password, again: password }));
  assert.equal(answer.status, 303, await answer.text());
  const cookie = cookieOf(answer);
  const page = await (await fetch(`${outcry.url}/admin/account`, { headers: { cookie } })).text();
  const csrf = page.match(/name="csrf" value="([^"]+)"/)[1];
  const token = async (name, ...scopes) => {
    const made = await fetch(`${outcry.url}/admin/tokens`, { ...form([["csrf", csrf], ["name", name], ...scopes.map(scope => ["scope", scope])]), headers: { cookie } });
    return (await made.text()).match(/outcry_[\w-]{43}/)[0];
  };
  return { cookie, csrf, token };
}
