"use strict";
// Loaded into kinesis-local before its own code (node --require), because its settings can neither
// keep it on loopback nor end it together with the process that started it.
const net = require("node:net");

// Port 0 lets the system choose: a port that was free a moment ago may be another's by now.
const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (port, ...rest) {
  const listener = rest.find((argument) => typeof argument === "function");
  this.once("listening", () => process.send({ asked: port, given: this.address().port }));
  return listen.call(this, { host: "127.0.0.1", port: 0 }, listener);
};

// Kept from before kinesis-local replaces it: its own waits up to 30 s for open connections.
const exit = process.exit.bind(process);
process.on("disconnect", () => exit(0));
// Listening alone must not keep alive what fails to start.
process.channel.unref();
