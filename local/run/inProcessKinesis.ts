import type {
  GetRecordsOutput,
  PutRecordsCommand,
  PutRecordsCommandOutput,
} from "@aws-sdk/client-kinesis";
import { ApiFailure } from "../../aws/apiFailure";
import type { KinesisReads } from "../../aws/firehose/source/kinesisSource";
import type { Kinesis } from "../../aws/kinesis/startKinesis";

// What runs in the process of the local Kinesis calls it without HTTP: otherwise encoding and decoding
// every record takes most of the time of a run. The operations are those of the endpoint.

/** How Firehose reads the streams of a region. */
export function inProcessReads(kinesis: Pick<Kinesis, "perform">, region: string): KinesisReads {
  return {
    listShards: (input) => kinesis.perform("ListShards", input, region),
    getShardIterator: (input) => kinesis.perform("GetShardIterator", input, region),
    getRecords: async (input) =>
      (await kinesis.perform("GetRecords", input, region)) as GetRecordsOutput,
  };
}

/** Puts records on the streams of a region, like a client of the SDK. */
export interface InProcessProducer {
  send(command: PutRecordsCommand): Promise<PutRecordsCommandOutput>;
}

/** How a run puts its own input on the streams of a region. */
export function inProcessProducer(kinesis: Kinesis, region: string): InProcessProducer {
  return {
    async send({ input }) {
      try {
        const output = await kinesis.perform("PutRecords", input, region);
        return output as PutRecordsCommandOutput;
      } catch (error) {
        throw error instanceof ApiFailure ? sdkError(error) : error;
      }
    },
  };
}

/** The error that a client of the SDK throws for an answer. */
function sdkError({ code, message, status }: ApiFailure): Error {
  const error = new Error(message);
  return Object.assign(error, { name: code, $metadata: { httpStatusCode: status } });
}
