"use strict";
const { unit } = require("./support/suite.cjs");

module.exports = unit;
