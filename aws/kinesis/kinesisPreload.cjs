"use strict";
// Loaded into kinesis-local before its code (node --require), because its settings can neither limit
// it to loopback nor end it together with the process that started it.
const net = require("node:net");

// Port 0 lets the system choose: a port that was free a moment ago may be in use by now.
const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (port, ...rest) {
  const listener = rest.find((argument) => typeof argument === "function");
  this.once("listening", () => process.send({ asked: port, given: this.address().port }));
  return listen.call(this, { host: "127.0.0.1", port: 0 }, listener);
};

// Saved before kinesis-local replaces it with a function that waits up to 30 s for open connections.
const exit = process.exit.bind(process);
process.on("disconnect", () => exit(0));
// The channel alone must not keep a process alive that fails to start.
process.channel.unref();
