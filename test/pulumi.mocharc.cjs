"use strict";
const one = require("../.mocharc.cjs");

/** Configuration of Mocha for the tests with the Pulumi CLI, which are skipped without it. */
module.exports = { ...one, spec: ["test/pulumi/*.test.ts"] };
