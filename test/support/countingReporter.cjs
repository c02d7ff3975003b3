"use strict";
const Mocha = require("mocha");

/**
 * The spec reporter with one plain line of counts at the end. CI reads that line, so it must be the
 * last one. The counts come from the statistics of the run.
 */
module.exports = class CountingReporter extends Mocha.reporters.Spec {
  epilogue() {
    super.epilogue();
    const { passes, failures, pending } = this.stats;
    const skipped = pending > 0 ? `, ${pending} skipped` : "";
    console.log(`${passes} passed, ${failures} failed${skipped}`);
  }
};
