import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { hostileAws } from "../support/hostileAws";
import { commandsIn } from "../support/printedCommands";
import { startStreamlake, untilDelivered } from "../support/streamlakeProcess";

describe("a local run", () => {
  let project: string;
  before(() => {
    project = mkdtempSync(join(tmpdir(), "streamlake-local-"));
    const file = readFileSync("Pulumi.yaml", "utf8");
    writeFileSync(join(project, "Pulumi.yaml"), `main: ${JSON.stringify(resolve("."))}\n${file}`);
    writeFileSync(join(project, "Pulumi.dev.yaml"), readFileSync("Pulumi.dev.yaml", "utf8"));
  });
  after(() => {
    rmSync(project, { recursive: true });
  });

  for (const [what, options] of [
    ["sets every AWS setting", {}],
    ["sets every AWS setting to a value that does not exist", { odd: true }],
  ] as const)
    it(`works, with the commands that it prints, for a user who ${what}`, async () => {
      const user = await hostileAws(options);
      const streamlake = (args: readonly string[], input = "") =>
        startStreamlake(args, input, user.env);
      const run = streamlake([
        "local",
        "-C",
        project,
        "--stack",
        "dev",
        "--interval",
        "0",
        "--keep",
      ]);
      try {
        await run.prints("In a Node.js program:");
        const [send = [], verify = []] = commandsIn(run.stdout());
        const sending = streamlake(send, '{"id":1}\n{"id":2}\n');
        assert.equal(await sending.exit, 0, sending.stderr());
        await untilDelivered(run, 2);
        const verifying = streamlake(verify);
        assert.notEqual(await verifying.exit, 2, verifying.stderr());
        assert.match(verifying.stdout(), /^Records +2$/m);
        run.kill("SIGINT");
        assert.equal(await run.exit, 0, run.stderr());
        assert.equal(user.redirected(), 0);
      } finally {
        run.kill("SIGKILL");
        await user.stop();
      }
    });
});
