// A separate program, to be killed: a Kinesis with one stream of two shards. It prints its endpoint,
// and then nothing more.
import { startKinesis } from "../../../../aws/kinesis/startKinesis";

const [directory = "", region = "", name = ""] = process.argv.slice(2);

async function main(): Promise<void> {
  const { store, endpoint } = await startKinesis({ directory });
  await store.create({ region, name }, { shardCount: 2 });
  console.log(endpoint);
}

void main();
