// Builds what the browser gets: one style sheet, our behaviours, Designsystemet's behaviours, two fonts.
// Names are plain: Django gives each file its hash when it collects them.
import { build } from "esbuild";
import { cp, mkdir, rm } from "node:fs/promises";

const out = "../src/knutepunkt/web/static/web/build";
await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });

const common = { bundle: true, minify: true, outdir: out, legalComments: "none", logLevel: "warning", target: ["es2022", "chrome111", "firefox114", "safari16.4"] };

const styles = await build({ ...common, entryPoints: { knutepunkt: "css/knutepunkt.css", inquiry: "css/inquiry.css", journey: "css/journey.css", calendar: "css/calendar.css", meetingplace: "css/meetingplace.css", stories: "css/stories.css", workbench: "css/workbench.css" }, external: ["*.woff2"] });
if (styles.warnings.length) process.exit(1); // a misplaced import is left as it stands, and breaks when files are collected
await build({ ...common, entryPoints: { knutepunkt: "js/knutepunkt.js", ds: "js/ds.js", review: "js/review.js", journey: "js/journey/journey.js", "journey-worker": "js/journey/worker.js", workbench: "js/workbench.js", door: "js/door.js", "door-worker": "js/door-worker.js", reading: "js/reading.js" }, format: "iife" });
for (const font of ["inter", "literata"]) await cp(`fonts/${font}.woff2`, `${out}/${font}.woff2`);
