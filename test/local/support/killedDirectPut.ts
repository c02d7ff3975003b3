// A separate program, to be killed: the local AWS with a delivery stream that delivers nothing for 15
// minutes. It prints the endpoint of Firehose, and then nothing more.
import { startLocalAws } from "../../../local/run/startLocalAws";
import { directPutGraph } from "./directPutGraph";

async function main(): Promise<void> {
  const aws = await startLocalAws({ directory: process.argv[2] ?? "" });
  await aws.startDelivery(directPutGraph());
  console.log(aws.firehoseEndpoint);
}

void main();
