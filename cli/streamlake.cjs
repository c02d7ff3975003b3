#!/usr/bin/env node
"use strict";
// The command runs compiled, so that it starts fast: `npm ci` and `npm run build` compile it.
require("../dist/cli/main.js");
