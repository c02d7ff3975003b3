"use strict";
// Loaded into every Node.js process of a benchmark: writes its peak resident memory in KiB at exit.
const { writeFileSync } = require("node:fs");
const path = require("node:path");

const writePeak = () =>
  writeFileSync(
    path.join(process.env.PEAK_MEMORY_DIR, String(process.pid)),
    String(process.resourceUsage().maxRSS),
  );
process.on("exit", writePeak);
// A server does not exit by itself; a signal ends it.
process.once("SIGTERM", () => {
  process.exit(143);
});
