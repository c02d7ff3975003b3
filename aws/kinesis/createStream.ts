import { setTimeout } from "node:timers/promises";
import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  IncreaseStreamRetentionPeriodCommand,
  type KinesisClient,
  ResourceNotFoundException,
} from "@aws-sdk/client-kinesis";

export interface NewStream {
  /** Absent for on-demand mode. */
  readonly shardCount?: number;
  /** API: 24, which is also the default, to 8760. */
  readonly retentionHours: number;
}

export const defaultStream: NewStream = { retentionHours: 24 };

/** Creates a stream and waits until it can be used. */
export async function createStream(
  client: KinesisClient,
  name: string,
  { shardCount, retentionHours }: NewStream,
): Promise<void> {
  await client.send(
    new CreateStreamCommand({
      StreamName: name,
      ...(shardCount === undefined
        ? { StreamModeDetails: { StreamMode: "ON_DEMAND" } }
        : { ShardCount: shardCount }),
    }),
  );
  await untilActive(client, name);
  if (retentionHours > defaultStream.retentionHours) {
    await client.send(
      new IncreaseStreamRetentionPeriodCommand({
        StreamName: name,
        RetentionPeriodHours: retentionHours,
      }),
    );
    await untilActive(client, name);
  }
}

export async function streamExists(client: KinesisClient, name: string): Promise<boolean> {
  try {
    await client.send(new DescribeStreamSummaryCommand({ StreamName: name }));
    return true;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return false;
    throw error;
  }
}

async function untilActive(client: KinesisClient, name: string): Promise<void> {
  for (;;) {
    const command = new DescribeStreamSummaryCommand({ StreamName: name });
    const { StreamDescriptionSummary: summary } = await client.send(command);
    if (summary?.StreamStatus === "ACTIVE") return;
    await setTimeout(20);
  }
}
