"use strict";
const { all } = require("./support/suite.cjs");

module.exports = all;
