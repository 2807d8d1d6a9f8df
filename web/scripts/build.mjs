// Bundles src/ into report.js and report.css in the folder named on the command line (dist/ without
// one). The bytes depend on src/ and package-lock.json alone.
import { mkdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const web = join(dirname(fileURLToPath(import.meta.url)), "..");
const out = resolve(process.argv[2] ?? join(web, "dist"));

await mkdir(out, { recursive: true });
await build({
  absWorkingDir: web,
  entryPoints: { report: "src/main.ts" },
  outdir: out,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2020", "chrome105", "firefox121", "safari16"],
  charset: "ascii",
  legalComments: "none",
  logLevel: "warning",
});
await build({
  absWorkingDir: web,
  entryPoints: { report: "src/report.css" },
  outdir: out,
  bundle: true,
  external: ["#*"],
  minify: true,
  target: ["chrome117", "firefox121", "safari16"],
  charset: "ascii",
  logLevel: "warning",
});
