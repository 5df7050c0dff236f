// Builds src/breakwater/web/static/dist: styles, elements, typeface, icon sprite, manifest.
// With --tests: the unit tests of the elements into build/frontend-tests instead.
import { build } from "esbuild";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const dist = join(root, "src/breakwater/web/static/dist");

async function buildTests() {
  const out = join(root, "build/frontend-tests");
  await rm(out, { recursive: true, force: true });
  const folder = join(here, "ts/tests");
  const names = (await readdir(folder)).filter((name) => name.endsWith(".test.ts"));
  await build({
    entryPoints: names.map((name) => join(folder, name)),
    outdir: out,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    logLevel: "warning",
  });
}

async function sprite() {
  const wanted = (await readFile(join(here, "icons.txt"), "utf8")).split("\n").map((line) => line.trim());
  const symbols = [];
  for (const name of wanted.filter((line) => line && !line.startsWith("#"))) {
    const source = await readFile(join(root, "node_modules/lucide-static/icons", `${name}.svg`), "utf8");
    const inner = source.slice(source.indexOf(">", source.indexOf("<svg")) + 1, source.lastIndexOf("</svg>"));
    symbols.push(`<symbol id="${name}" viewBox="0 0 24 24">${inner.replace(/\s*\n\s*/g, "").trim()}</symbol>`);
  }
  const svg = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
  const hash = createHash("sha256").update(svg).digest("hex").slice(0, 8).toUpperCase();
  const name = `icons-${hash}.svg`;
  await writeFile(join(dist, name), svg);
  return name;
}

async function buildPages() {
  await rm(dist, { recursive: true, force: true });
  await mkdir(dist, { recursive: true });
  const result = await build({
    entryPoints: {
      app: join(here, "css/app.css"),
      elements: join(here, "ts/app.ts"),
      sw: join(here, "ts/sw.ts"),
      strength: join(here, "ts/bw-strength.ts"),
    },
    outdir: dist,
    entryNames: "[name]-[hash]",
    assetNames: "fonts/[name]-[hash]",
    loader: { ".woff2": "file" },
    bundle: true,
    minify: true,
    format: "esm",
    target: ["chrome111", "firefox113", "safari16.4"],
    metafile: true,
    logLevel: "warning",
  });
  const manifest = { "icons.svg": await sprite() };
  for (const [path, output] of Object.entries(result.metafile.outputs)) {
    const name = relative(dist, join(process.cwd(), path));
    if (output.entryPoint?.endsWith("app.css")) manifest["app.css"] = name;
    if (output.entryPoint?.endsWith("app.ts")) manifest["app.js"] = name;
    if (output.entryPoint?.endsWith("sw.ts")) manifest["sw.js"] = name;
    if (output.entryPoint?.endsWith("bw-strength.ts")) manifest["strength.js"] = name;
  }
  await writeFile(join(dist, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}

await (process.argv.includes("--tests") ? buildTests() : buildPages());
