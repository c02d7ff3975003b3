import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  ListShardsCommand,
  waitUntilStreamExists,
} from "@aws-sdk/client-kinesis";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { startKinesis } from "../../../aws/kinesis/startKinesis";
import { sendCommand } from "../../../cli/send";
import { FILE } from "../../../generate/userEvents/makeUserEvents";
import { RecordTally } from "../../../records/verify/recordTally";
import { runCommand } from "../support/runCommand";

const StreamName = "user-events";

async function tallyOf(client: KinesisClient): Promise<RecordTally> {
  const tally = new RecordTally();
  const { Shards = [] } = await client.send(new ListShardsCommand({ StreamName }));
  for (const { ShardId } of Shards) {
    const start = { StreamName, ShardId, ShardIteratorType: "TRIM_HORIZON" } as const;
    let { ShardIterator } = await client.send(new GetShardIteratorCommand(start));
    for (let behind = 1; behind > 0;) {
      const page = await client.send(new GetRecordsCommand({ ShardIterator }));
      for (const { Data } of page.Records ?? []) tally.addDelivered(Data ?? Buffer.alloc(0));
      behind = page.MillisBehindLatest ?? 0;
      ShardIterator = page.NextShardIterator;
    }
  }
  return tally;
}

describe("streamlake send to a Kinesis endpoint", () => {
  it("puts every event on the stream exactly once and unchanged", async () => {
    const lines = readFileSync(FILE, "utf8").split("\n").slice(0, 600);
    const directory = mkdtempSync(join(tmpdir(), "streamlake-kinesis-"));
    const file = join(directory, "events.jsonl");
    writeFileSync(file, lines.join("\n"));
    const kinesis = await startKinesis({
      directory: join(directory, "kinesis"),
      regions: ["us-east-1"],
    });
    const client = new KinesisClient({
      endpoint: kinesis.endpoint,
      region: "us-east-1",
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
      requestHandler: new NodeHttpHandler(),
    });
    try {
      await client.send(new CreateStreamCommand({ StreamName, ShardCount: 3 }));
      await waitUntilStreamExists({ client, maxWaitTime: 10, minDelay: 0.05 }, { StreamName });

      const args = [file, "--stream", StreamName, "--endpoint", kinesis.endpoint];
      const { stdout, exitCode } = await runCommand(sendCommand(), args);
      assert.match(stdout, /^Sent 600 records \(.*\) to user-events in \d+ requests/);
      assert.equal(exitCode, 0);

      const tally = await tallyOf(client);
      for (const line of lines) tally.addSent(Buffer.from(line));
      assert.deepEqual(tally.result(), {
        sent: 600,
        delivered: 600,
        missing: 0,
        duplicated: 0,
        unexpected: 0,
      });
    } finally {
      client.destroy();
      await kinesis.stop();
      rmSync(directory, { recursive: true });
    }
  });
});
