"use strict";
// Loaded into every Node.js process of a benchmark: writes its peak resident memory in KiB.
const { writeFileSync } = require("node:fs");
const path = require("node:path");

const writePeak = () => {
  try {
    writeFileSync(
      path.join(process.env.PEAK_MEMORY_DIR, String(process.pid)),
      String(process.resourceUsage().maxRSS),
    );
  } catch {
    // The benchmark is over.
  }
};
process.on("exit", writePeak);
// A policy pack is killed, and so never exits.
setInterval(writePeak, 200).unref();
// A server does not exit by itself; a signal ends it.
process.once("SIGTERM", () => {
  process.exit(143);
});
