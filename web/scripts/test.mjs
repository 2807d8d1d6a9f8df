// Compiles test/*.test.ts and hands them to Node's own test runner.
import { spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const web = join(dirname(fileURLToPath(import.meta.url)), "..");
const out = join(web, "dist", "test");
rmSync(out, { recursive: true, force: true });
const tests = readdirSync(join(web, "test")).filter((name) => name.endsWith(".test.ts"));
await build({
  absWorkingDir: web,
  entryPoints: tests.map((name) => join("test", name)),
  outdir: out,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node18",
  logLevel: "warning",
});
const compiled = tests.map((name) => join(out, name.replace(/\.ts$/, ".mjs")));
const run = spawnSync(process.execPath, ["--test", ...compiled], { stdio: "inherit" });
process.exit(run.status ?? 1);
