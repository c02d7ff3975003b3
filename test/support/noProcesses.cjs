"use strict";
const { onProcessStart } = require("./processes.cjs");

/* A plugin of Mocha for `npm run test:unit`. Mocha itself starts its workers. */
if (process.env.MOCHA_WORKER_ID !== undefined)
  onProcessStart(() => {
    throw new Error(
      "This test starts a process, which takes long: `npm run test:unit` has only tests that do not. " +
        "If it must, add its file to test/costs.json with `npm run test:costs`.",
    );
  });
