// Builds the front end: `node frontend/bygg.mjs`.
//
// In:  webapp/static/css/*.css and webapp/static/js/*.js (entries listed below), webapp/static/ikoner/*.svg, drawn as PNG
//      where phones ask for that (pictures listed below), and some of docs/bilder/.
// Out: webapp/static/dist/<name>-<hash>.<ext> with .br and .gz copies, and manifest.json (name -> hashed name).
//      build/fonts/*.ttf for the PDF maker, which cannot read WOFF2.
// Everything written here is git-ignored. A file keeps its name as long as its content is the same, so it can be
// cached for ever; old files are removed, so that the folder never holds two versions.

import { createHash } from "node:crypto";
import { access, copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

import { Resvg, initWasm } from "@resvg/resvg-wasm";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const source = join(root, "webapp/static");
const dist = join(source, "dist");
const fonts = join(root, "build/fonts");

const entries = [
  "css/medvirk.css",
  "css/kontor.css",
  "css/les.css",
  "css/lesemodus.css",
  "js/felles.js",
  "js/tema.js",
  "js/les.js",
  "js/lesemodus.js",
  "js/diktering.js",
  "js/passnokkel.js",
  "js/push.js",
  "js/utlogging.js",
  "js/utlogget.js",
  "js/vedlegg.js",
  "js/telefon.js",
  "js/frakoblet.js",
  "js/enhet.js",
  "js/sw.js",
];

// What a phone puts on its home screen: [file, drawn from, pixels a side].
const pictures = [
  ["ikon-192.png", "ikon.svg", 192],
  ["ikon-512.png", "ikon.svg", 512],
  ["ikon-maskable-192.png", "ikon-maskable.svg", 192],
  ["ikon-maskable-512.png", "ikon-maskable.svg", 512],
  ["ikon-monokrom-192.png", "ikon-monokrom.svg", 192],
  ["ikon-apple-180.png", "ikon-maskable.svg", 180],
];

// Evergreen browsers on old phones; @layer needs 99, :has() 105 (without it follow-ups are simply visible).
const target = ["chrome99", "firefox97", "safari15.4"];

const fontFiles = [
  "@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf",
  "@expo-google-fonts/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf",
  "@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf",
  "@expo-google-fonts/noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf",
  "@expo-google-fonts/noto-sans-arabic/600SemiBold/NotoSansArabic_600SemiBold.ttf",
  "@expo-google-fonts/noto-sans-arabic/700Bold/NotoSansArabic_700Bold.ttf",
  "@expo-google-fonts/noto-sans-ethiopic/400Regular/NotoSansEthiopic_400Regular.ttf",
  "@expo-google-fonts/noto-sans-ethiopic/700Bold/NotoSansEthiopic_700Bold.ttf",
  "@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf",
];

// What the app looks like, for the phone's «install» sheet: the README's pictures (`make skjermbilder`), by language.
const screenshots = [
  ["app-nb-1.webp", "kartlegging-mobil-nb.webp"],
  ["app-nb-2.webp", "tema-mobil-nb.webp"],
  ["app-ar-1.webp", "kartlegging-mobil-ar.webp"],
];

const brotli = promisify(brotliCompress);
const gz = promisify(gzip);

/** name-<10 hex of the content>.ext */
function hashedName(name, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
  const ext = extname(name);
  return `${basename(name, ext)}-${hash}${ext}`;
}

/** js/sw.js takes in js/sw-push.js when it is there; a worker without reminders is a worker all the same. */
const mayBeMissing = {
  name: "may-be-missing",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\/sw-push\.js$/ }, async ({ path, resolveDir }) => {
      const found = await access(join(resolveDir, path)).then(() => true, () => false);
      return found ? undefined : { path, namespace: "nothing" };
    });
    onLoad({ filter: /.*/, namespace: "nothing" }, () => ({ contents: "export {};" }));
  },
};

async function bundle() {
  const result = await build({
    plugins: [mayBeMissing],
    define: { "process.env.NODE_ENV": '"production"' }, // Workbox leaves its explanations out
    entryPoints: entries.map((entry) => join(source, entry)),
    outdir: dist,
    bundle: true,
    minify: true,
    format: "esm",
    target,
    legalComments: "none",
    charset: "utf8",
    write: false,
    logLevel: "warning",
  });
  return result.outputFiles.map((file) => [basename(file.path), Buffer.from(file.contents)]);
}

async function icons() {
  const names = await readdir(join(source, "ikoner"));
  return Promise.all(names.sort().map(async (name) => [name, await readFile(join(source, "ikoner", name))]));
}

/** Icons as PNG, drawn anew from the SVG by a renderer that gives the same bytes on every machine. */
async function drawPictures() {
  await initWasm(await readFile(join(root, "node_modules/@resvg/resvg-wasm/index_bg.wasm")));
  return Promise.all(
    pictures.map(async ([name, from, side]) => {
      const drawn = new Resvg(await readFile(join(source, "ikoner", from), "utf8"), {
        fitTo: { mode: "width", value: side },
        font: { loadSystemFonts: false },
      });
      return [name, Buffer.from(drawn.render().asPng())];
    }),
  );
}

async function copyScreenshots() {
  return Promise.all(screenshots.map(async ([name, from]) => [name, await readFile(join(root, "docs/bilder", from))]));
}

async function writeDist(files) {
  await mkdir(dist, { recursive: true });
  const manifest = {};
  const keep = new Set(["manifest.json"]);
  for (const [name, content] of files) {
    const hashed = hashedName(name, content);
    manifest[name] = hashed;
    const copies = [[hashed, content]];
    if (/\.(css|js|svg)$/.test(name)) {
      const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
      copies.push([`${hashed}.br`, await brotli(content, { params })]);
      copies.push([`${hashed}.gz`, await gz(content, { level: 9 })]);
    }
    for (const [copy, bytes] of copies) {
      keep.add(copy);
      await writeFile(join(dist, copy), bytes);
    }
    console.log(hashed.padEnd(34), copies.map(([, bytes]) => String(bytes.length).padStart(7)).join(""));
  }
  // Last, so that the manifest never names a file that is not there yet.
  await writeFile(join(dist, "manifest.json"), `${JSON.stringify(manifest, null, 1)}\n`);
  for (const name of await readdir(dist)) {
    if (!keep.has(name)) await rm(join(dist, name), { recursive: true });
  }
}

async function copyFonts() {
  await mkdir(fonts, { recursive: true });
  for (const file of fontFiles) {
    const from = join(root, "node_modules", file);
    await access(from);
    await copyFile(from, join(fonts, basename(file)));
  }
}

console.log("file".padEnd(34), "  bytes brotli   gzip");
await writeDist([...(await bundle()), ...(await icons()), ...(await drawPictures()), ...(await copyScreenshots())]);
await copyFonts();
