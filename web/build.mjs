// build.mjs: styles, islands and images → hashed, compressed files, and one C++ header that carries them into the program.
// node build.mjs [OUT [HEADER]]: writes the files into OUT (default: dist) and the header, if one is named.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { countryNames, worldMap } from "./map.mjs";

const here = dirname(fileURLToPath(import.meta.url));
/** What a page may ask for; the other files of styles/ are parts of these. */
const sheets = ["site", "home", "service", "reading", "share", "console", "forms", "tuning", "embed"];

/** Every asset as {name, file, bytes}: `name` is what templates say ("site.css"), `file` what browsers ask for. */
async function collect() {
  const bundled = await build({
    absWorkingDir: here,
    entryPoints: [...sheets.map(sheet => `styles/${sheet}.css`), "islands/site.ts", "islands/tune.ts", "islands/chart.ts", "islands/chart.css"],
    entryNames: "[name]-0[hash]",  // the 0: a name with a digit in its hash is served as one that never changes
    chunkNames: "[name]-0[hash]",
    outdir: "out",
    bundle: true, minify: true, splitting: true, write: false, metafile: true,
    mangleProps: /^_[a-z]/i,  // what uPlot keeps to itself: a hundred bytes
    format: "esm", target: ["es2022"], supported: { nesting: false }, legalComments: "none", charset: "utf8",
  });
  const entryOf = new Map(Object.entries(bundled.metafile.outputs).map(([path, made]) => [basename(path), made.entryPoint]));
  const assets = bundled.outputFiles.map(made => {
    const file = basename(made.path), entry = entryOf.get(file);
    return { name: entry ? basename(entry).replace(/\.ts$/, ".js") : file, file, bytes: Buffer.from(made.contents) };
  });
  for (const image of ["icons.svg", "icon.svg"]) {
    const bytes = readFileSync(join(here, "images", image));
    assets.push({ name: image, file: hashed(image, bytes), bytes });
  }
  const world = Buffer.from(worldMap());
  assets.push({ name: "world.svg", file: hashed("world.svg", world), bytes: world });
  return assets.sort((a, b) => a.name.localeCompare(b.name, "en"));
}

function hashed(image, bytes) {
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 8);
  return `${basename(image, ".svg")}-0${hash}.svg`;
}

function compress(asset) {
  const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: asset.bytes.length } };
  return { ...asset, gzip: gzipSync(asset.bytes, { level: 9 }), brotli: brotliCompressSync(asset.bytes, brotli) };
}

function writeFiles(assets, out) {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  for (const asset of assets) {
    writeFileSync(join(out, asset.file), asset.bytes);
    writeFileSync(join(out, `${asset.file}.gz`), asset.gzip);
    writeFileSync(join(out, `${asset.file}.br`), asset.brotli);
  }
  const manifest = Object.fromEntries(assets.map(asset => [asset.name, asset.file]));
  writeFileSync(join(out, "manifest.json"), JSON.stringify(manifest, null, 2) + "\n");
}

/** A C++ string literal in short pieces, and its length: zero bytes are bytes like any other. */
function literal(bytes) {
  const pieces = [];
  for (let at = 0; at < bytes.length; at += 120) {
    pieces.push(`"${[...bytes.subarray(at, at + 120)].map(byte => `\\${byte.toString(8).padStart(3, "0")}`).join("")}"`);
  }
  return `{${pieces.join("\n") || '""'}, ${bytes.length}}`;
}

function header(assets, countries) {
  const names = assets.map(({ name, file }) => `{"${name}", "${file}"},\n`);
  const files = assets.flatMap(({ file, bytes, gzip, brotli }) => [
    `{"${file}",\n${literal(bytes)}},\n`, `{"${file}.gz",\n${literal(gzip)}},\n`, `{"${file}.br",\n${literal(brotli)}},\n`]);
  return `// Made by web/build.mjs from the styles, islands and images of web/; edit those.
#pragma once
#include <array>
#include <string_view>

namespace outcry::web {
struct Asset {
    std::string_view name, file;
};
inline constexpr std::array<Asset, ${names.length}> assets{{
${names.join("")}}};
struct File {
    std::string_view name, bytes;
};
inline constexpr std::array<File, ${files.length}> files{{
${files.join("")}}};
struct CountryName {
    std::string_view language, code, name;
};
inline constexpr std::array<CountryName, ${countries.length}> country_names{{
${countries.map(row => `{${row.map(text => JSON.stringify(text)).join(", ")}},\n`).join("")}}};
}  // namespace outcry::web
`;
}

const [out = join(here, "dist"), headerFile] = process.argv.slice(2);
const assets = (await collect()).map(compress);
writeFiles(assets, out);
if (headerFile) {
  mkdirSync(dirname(headerFile), { recursive: true });
  const languages = readdirSync(join(here, "text")).map(file => basename(file, ".json")).sort();
  writeFileSync(headerFile, header(assets, countryNames(languages)));
}
for (const { file, bytes, gzip } of assets) console.log(`${file.padEnd(28)} ${bytes.length} bytes, ${gzip.length} gzip`);
