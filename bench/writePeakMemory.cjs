"use strict";
// Loaded into every node process of a benchmark: notes its peak resident memory in KiB at its end.
const { writeFileSync } = require("node:fs");
const path = require("node:path");

const note = () =>
  writeFileSync(
    path.join(process.env.PEAK_MEMORY_DIR, String(process.pid)),
    String(process.resourceUsage().maxRSS),
  );
process.on("exit", note);
// A server has no end of its own: it is told to go.
process.once("SIGTERM", () => {
  process.exit(143);
});
