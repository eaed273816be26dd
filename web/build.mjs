// Builds web/dist: the widget in one file, the page, styles and fonts, and manifest.json for the gateway.
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const DIST = "dist";
const FONT = "node_modules/@fontsource/be-vietnam-pro";
const { version } = JSON.parse(await readFile("package.json", "utf8"));
const target = ["chrome90", "firefox101", "safari16.4"];

const digest = (data, kind = "sha256", code = "hex") => createHash(kind).update(data).digest(code);

async function write(path, data) {
  const file = `${DIST}${path}`;
  await mkdir(file.slice(0, file.lastIndexOf("/")), { recursive: true });
  await writeFile(file, data);
  return path;
}

const hashed = (name, ending, data) =>
  write(`/assets/${name}.${digest(data).slice(0, 10)}.${ending}`, data);

async function bundledCss(entry) {
  const built = await build({ entryPoints: [entry], bundle: true, minify: true, write: false, target });
  return built.outputFiles[0].text;
}

const cssAsText = {
  name: "css-as-text",
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.css$/ }, async ({ path }) => ({
      contents: await bundledCss(path),
      loader: "text",
    })),
};

async function script(entry, format, define = {}) {
  const built = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    legalComments: "none",
    charset: "utf8",
    plugins: [cssAsText],
    format,
    target,
    define,
  });
  return built.outputFiles[0].contents;
}

async function fonts() {
  const ranges = JSON.parse(await readFile(`${FONT}/unicode.json`, "utf8"));
  const files = [];
  for (const weight of ["400", "600"]) {
    for (const subset of ["vietnamese", "latin"]) {
      const name = `be-vietnam-pro-${subset}-${weight}-normal`;
      const data = await readFile(`${FONT}/files/${name}.woff2`);
      files.push({ path: await hashed(name, "woff2", data), weight, range: ranges[subset] });
    }
  }
  return files;
}

function fontFaces(files) {
  const rules = files.map(
    ({ path, weight, range }) =>
      `@font-face{font-family:"ictbot Be Vietnam Pro";font-weight:${weight};font-display:optional;` +
      `src:url(${path}) format("woff2");unicode-range:${range}}`,
  );
  return rules.join("");
}

// Pinned releases of the widget stay: websites name them with a hash.
for (const name of await readdir(DIST).catch(() => [])) {
  if (name !== "w") await rm(`${DIST}/${name}`, { recursive: true });
}

const fontFiles = await fonts();
const widget = await script("src/widget.ts", "iife", { FONT_FILES: JSON.stringify(fontFiles) });
const manifest = {
  version,
  widget: await write(`/w/${version}-${digest(widget).slice(0, 10)}/widget.js`, widget),
  integrity: `sha384-${digest(widget, "sha384", "base64")}`,
  page: await hashed("page", "js", await script("src/page.ts", "esm")),
  styles: await hashed("site", "css", fontFaces(fontFiles) + (await bundledCss("src/styles/site.css"))),
  icon: await hashed("icon", "svg", await readFile("src/icon.svg")),
  fonts: fontFiles.map(({ path }) => path),
};
await write("/manifest.json", JSON.stringify(manifest, null, 2));
console.log(`widget ${version}: ${(gzipSync(widget).length / 1000).toFixed(1)} kB compressed`);
console.log(`  ${manifest.widget}\n  ${manifest.integrity}`);
