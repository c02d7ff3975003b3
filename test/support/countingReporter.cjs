"use strict";
const Mocha = require("mocha");

/**
 * The spec reporter with two parts at the end: the skipped tests, whose titles contain the reasons, and one
 * plain line of counts. CI reads that line, so it must be the last one. The counts come from the statistics
 * of the run.
 */
module.exports = class CountingReporter extends Mocha.reporters.Spec {
  skippedTitles = [];

  constructor(runner, options) {
    super(runner, options);
    runner.on(Mocha.Runner.constants.EVENT_TEST_PENDING, (test) => {
      this.skippedTitles.push(test.fullTitle());
    });
  }

  epilogue() {
    super.epilogue();
    if (this.skippedTitles.length > 0)
      console.log(["Skipped:", ...this.skippedTitles, ""].join("\n  ").trimEnd());
    const { passes, failures, pending } = this.stats;
    const skipped = pending > 0 ? `, ${pending} skipped` : "";
    console.log(`${passes} passed, ${failures} failed${skipped}`);
  }
};
