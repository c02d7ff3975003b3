// A separate program for tests to kill: a journaled Kinesis with one stream of two shards. It prints
// its endpoint, and then nothing more.
import { KinesisClient } from "@aws-sdk/client-kinesis";
import { createStream } from "../../../../aws/kinesis/createStream";
import { openJournal } from "../../../../aws/kinesis/journal";
import { startKinesisEndpoint } from "../../../../aws/kinesis/kinesisEndpoint";
import { startKinesisLocal } from "../../../../aws/kinesis/kinesisLocal";

const [directory = "", region = "", stream = ""] = process.argv.slice(2);

async function main(): Promise<void> {
  const kinesis = await startKinesisLocal(console.error);
  const { endpoint } = await startKinesisEndpoint({
    upstream: kinesis.endpoint,
    journal: await openJournal(directory),
    onCall: () => undefined,
  });
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const client = new KinesisClient({ endpoint, region, credentials });
  await createStream(client, stream, { shardCount: 2, retentionHours: 24 });
  console.log(endpoint);
}

void main();
