import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { startKinesisLocal } from "../../../aws/kinesis/kinesisLocal";
import { isRunning, untilGone } from "../../local/support/processes";
import { temporaryFolder } from "../../local/support/temporaryFolder";

const unexpected = (reason: string) => assert.fail(reason);

describe("kinesis-local", () => {
  const directory = temporaryFolder();

  it("answers on loopback only, and ends when it is stopped", async () => {
    const kinesis = await startKinesisLocal(unexpected);
    try {
      const { hostname, port } = new URL(kinesis.endpoint);
      assert.equal(hostname, "127.0.0.1");
      assert.equal(await canConnect(hostname, port), true);
      const others = Object.values(networkInterfaces()).flatMap((addresses = []) =>
        addresses.filter(({ internal, scopeid }) => !internal && !scopeid),
      );
      for (const { address } of others) assert.equal(await canConnect(address, port), false);
    } finally {
      await kinesis.stop();
    }
    assert.equal(isRunning(kinesis.pid), false);
  });

  it("reports when it ends unexpectedly", async () => {
    let report: (reason: string) => void = unexpected;
    const reported = new Promise<string>((resolve) => (report = resolve));
    const kinesis = await startKinesisLocal((reason) => {
      report(reason);
    });
    process.kill(kinesis.pid, "SIGKILL");
    assert.match(await reported, /ended unexpectedly \(SIGKILL\)/);
    await kinesis.stop();
  });

  it("ends when the process that started it is killed", async () => {
    const program = join(directory, "parent.cjs");
    const module = require.resolve("../../../aws/kinesis/kinesisLocal");
    writeFileSync(
      program,
      `require(${JSON.stringify(module)})
         .startKinesisLocal(console.error)
         .then(({ pid }) => console.log(pid));`,
    );
    const loader = ["--require", require.resolve("ts-node/register/transpile-only")];
    const parent = spawn(process.execPath, [...loader, program], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const output = text(parent.stdout);
    await once(parent.stdout, "data");
    parent.kill("SIGKILL");
    const pid = Number(await output);
    assert.ok(pid > 0);
    await untilGone(pid);
  });

  it("reports its output if it does not start", async () => {
    const broken = join(directory, "broken.cjs");
    writeFileSync(broken, `console.error("no such certificate"); process.exitCode = 3;`);
    await assert.rejects(
      startKinesisLocal(unexpected, broken),
      /kinesis-local, the local Kinesis, did not start \(exit code 3\)\.\nno such certificate/,
    );
  });
});

async function canConnect(host: string, port: string): Promise<boolean> {
  const socket = connect({ host, port: Number(port) });
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
