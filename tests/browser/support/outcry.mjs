// support/outcry.mjs: a real outcry on a throwaway database, started, waited for and ended.
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const executable = process.env.OUTCRY ?? process.env.OUTCRY_BIN;

async function freePort() {
  const wanted = Number(process.env.OUTCRY_TEST_PORT ?? 0);
  if (wanted) return wanted;
  const probe = createServer();
  await new Promise(done => probe.listen(0, "127.0.0.1", done));
  const { port } = probe.address();
  await new Promise(done => probe.close(done));
  return port;
}

/** A server that crashed leaves its PostgreSQL running, to be found again; here nobody will. */
function endOrphan(state) {
  try {
    process.kill(Number(readFileSync(join(state, "postgresql/data/postmaster.pid"), "utf8").split("\n")[0]), "SIGQUIT");
  } catch { /* it has ended, as it should */ }
}

/**
 * `words` is the command line ("serve", or "demo --speed 120"), `settings` more OUTCRY_* variables.
 * The answer has `url` (without a slash at its end), `stop()`, `command(…)` for others on the same database, `end()` and `run()` to go and come back.
 */
export async function startOutcry(words = ["serve"], settings = {}) {
  if (!executable) throw new Error("set OUTCRY to the executable under test");
  const state = mkdtempSync(join(tmpdir(), "outcry-browser-"));
  chmodSync(state, 0o755);  // the private PostgreSQL may run under an account of its own
  const port = await freePort();
  const base = settings.OUTCRY_BASE_PATH ?? "";
  const env = { ...process.env, OUTCRY_STATE_DIR: state, OUTCRY_LISTEN: `127.0.0.1:${port}`, OUTCRY_LOG_LEVEL: "warn", ...settings };
  for (const name of ["OUTCRY", "OUTCRY_BIN", "OUTCRY_TEST_PORT", "OUTCRY_SHARED_DIR"]) delete env[name];
  let child, said = "";

  const run = async () => {
    const command = words[0] === "demo" ? [...words, "--port", String(port)] : words;
    child = spawn(executable, command, { env, stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [child.stdout, child.stderr]) stream.on("data", bytes => { said = (said + bytes).slice(-4000); });
    const deadline = Date.now() + 120_000;
    while (Date.now() < deadline) {
      if (child.exitCode !== null) throw new Error(`outcry ended with ${child.exitCode}: ${said}`);
      const answer = await fetch(`http://127.0.0.1:${port}${base}/readyz`).catch(() => undefined);
      await answer?.arrayBuffer();
      if (answer?.ok) return;
      await pause(100);
    }
    throw new Error(`outcry was not ready in time: ${said}`);
  };
  /** Runs another command of the program on the same database. */
  const command = (...more) => {
    const done = spawnSync(executable, more, { env, encoding: "utf8" });
    if (done.status !== 0) throw new Error(`${more.join(" ")}: ${done.stderr}`);
    return done.stdout;
  };
  const end = async () => {
    if (child.exitCode !== null) return;
    const gone = new Promise(done => child.once("exit", done));
    child.kill("SIGTERM");
    await gone;
  };
  await run();
  return {
    url: `http://127.0.0.1:${port}${base}`,
    end, run, command,
    stop: async () => { await end(); endOrphan(state); rmSync(state, { recursive: true, force: true }); },
  };
}
