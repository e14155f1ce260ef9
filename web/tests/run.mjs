// tests/run.mjs: checks the islands' types, then bundles each *.test.ts and runs it with node's own test runner.
import { build } from "esbuild";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const run = (...words) => spawnSync(process.execPath, words, { cwd: join(here, ".."), stdio: "inherit" }).status ?? 1;

const out = mkdtempSync(join(tmpdir(), "outcry-web-"));
try {
  const types = run("node_modules/typescript/lib/tsc.js", "--noEmit");
  const names = readdirSync(here).filter(name => name.endsWith(".test.ts"));
  await build({ entryPoints: names.map(name => join(here, name)), outdir: out, outExtension: { ".js": ".mjs" }, bundle: true, platform: "node", format: "esm", logLevel: "warning" });
  process.exitCode = types || run("--test", ...names.map(name => join(out, name.replace(/\.ts$/, ".mjs"))));
} finally {
  rmSync(out, { recursive: true, force: true });
}
