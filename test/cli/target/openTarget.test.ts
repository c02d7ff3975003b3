import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { openTarget } from "../../../cli/target/openTarget";
import type { TargetOptions } from "../../../cli/target/targetOptions";
import {
  type LocalDeliveryStream,
  type LocalRun,
  writeLocalRun,
} from "../../../records/target/localRun";

const endpoints = {
  kinesis: "http://127.0.0.1:1",
  firehose: "http://127.0.0.1:2",
  s3: "http://127.0.0.1:3",
};

function runOf(stack: string, running: boolean): LocalRun {
  const deliveryStream: LocalDeliveryStream = {
    ...{ name: `${stack}-clicks`, region: "eu-central-1", stream: "clicks", bucket: "lake" },
    ...{ prefix: "raw/", errorPrefix: "", timeZone: "UTC" },
    ...{ delimiter: "newline", recordCompression: "none" },
  };
  return {
    ...{ version: 1, stack, process: process.pid, running, endpoints },
    deliveryStreams: [deliveryStream],
  };
}

describe("the target of a command", () => {
  const before = process.cwd();
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "streamlake-target-"));
    process.chdir(directory);
  });
  afterEach(() => {
    process.chdir(before);
    rmSync(directory, { recursive: true });
  });

  function addRun(stack: string, time: string, running = true): string {
    const run = join(".streamlake", stack, time);
    mkdirSync(run, { recursive: true });
    writeLocalRun(run, runOf(stack, running));
    return run;
  }

  const open = async (options: TargetOptions) => {
    const opened = await openTarget(options, "--bucket NAME");
    assert.ok(opened);
    return opened;
  };

  it("is none without an option that names one", async () => {
    assert.equal(await openTarget({ region: "eu-central-1" }, "--bucket NAME"), undefined);
  });

  it("is the latest local run, or the latest of a stack, or that of a directory", async () => {
    addRun("dev", "2026-11-22T10-00-00-a");
    const old = addRun("prod", "2026-11-22T08-00-00-a");
    addRun("prod", "2026-11-22T09-00-00-a");
    mkdirSync(".streamlake/prod/2026-11-22T11-00-00-never-started");
    const titleOf = async (options: TargetOptions) => (await open(options)).target.title;
    assert.equal(
      await titleOf({ local: true }),
      "The local run .streamlake/dev/2026-11-22T10-00-00-a",
    );
    assert.equal(
      await titleOf({ local: true, stack: "prod" }),
      "The local run .streamlake/prod/2026-11-22T09-00-00-a",
    );
    assert.equal(await titleOf({ local: old }), `The local run ${old}`);
    assert.equal(await titleOf({ local: resolve(old) }), `The local run ${old}`);
  });

  it("uses the endpoints of a run that is up", async () => {
    addRun("dev", "2026-11-22T10-00-00-a");
    const { aws } = await open({ local: true });
    for (const service of ["kinesis", "firehose", "s3"] as const)
      assert.deepEqual(await aws(service, "eu-central-1"), {
        region: "eu-central-1",
        endpoint: endpoints[service],
      });
  });

  it("serves the buckets of a run that has ended, and nothing else of it", async () => {
    addRun("dev", "2026-11-22T10-00-00-a", false);
    const { aws, close } = await open({ local: true });
    try {
      const { endpoint = "" } = await aws("s3");
      assert.match(endpoint, /^http:\/\/127\.0\.0\.1:\d+$/);
      assert.equal((await fetch(endpoint)).status, 200);
      assert.deepEqual(await aws("s3"), { endpoint });
      await assert.rejects(aws("kinesis"), {
        message:
          "The local run .streamlake/dev/2026-11-22T10-00-00-a has ended. Start one that keeps " +
          "running: npx streamlake local --stack dev --keep",
      });
    } finally {
      await close();
    }
  });

  it("is a stack of an export, whose region an option overrides", async () => {
    const outputs = { streamName: "events", region: "eu-central-1" };
    const urn = "urn:pulumi:prod::lake::pulumi:pulumi:Stack::lake-prod";
    const resources = [{ urn, type: "pulumi:pulumi:Stack", outputs }];
    writeFileSync("export.json", JSON.stringify({ version: 3, deployment: { resources } }));
    const { target, aws } = await open({ stackExport: "export.json", region: "us-east-1" });
    assert.equal(target.title, 'The stack "prod"');
    assert.equal(target.entry().name, "events");
    assert.deepEqual(await aws("s3", target.entry().region), { region: "us-east-1" });
  });

  for (const [what, options, message] of [
    [
      "no local run",
      { local: true },
      "There is no local run below .streamlake/ in this directory. Start one: npx streamlake local --keep",
    ],
    [
      "no local run of a stack",
      { local: true, stack: "prod" },
      'There is no local run of stack "prod" below .streamlake/ in this directory. ' +
        "Start one: npx streamlake local --stack prod --keep",
    ],
    [
      "a directory that is not a run",
      { local: "." },
      /^--local ".+" is not the directory of a run\. Each run prints its directory/,
    ],
    [
      "a file in place of a directory",
      { local: __filename },
      /is a file, not the directory of a run\. Write other arguments before --local\.$/,
    ],
    [
      "--stack-export with --local",
      { stackExport: "export.json", local: true },
      "--stack-export cannot be combined with --stack or --local: the file names its stack.",
    ],
    [
      "--stack-export with --delivery-stream",
      { stackExport: "export.json", deliveryStream: "clicks" },
      "--delivery-stream cannot be combined with a stack: its outputs name the pipeline.",
    ],
  ] as const)
    it(`rejects ${what}`, async () => {
      await assert.rejects(openTarget(options, "--bucket NAME"), { message });
    });

  for (const option of ["region", "endpoint", "profile"] as const)
    it(`rejects --${option} with --local`, async () => {
      addRun("dev", "2026-11-22T10-00-00-a");
      await assert.rejects(openTarget({ local: true, [option]: "x" }, "--bucket NAME"), {
        message: `--${option} cannot be combined with --local: the run determines it.`,
      });
    });
});
