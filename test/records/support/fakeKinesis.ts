import { setImmediate } from "node:timers/promises";
import type {
  PutRecordsCommand,
  PutRecordsCommandOutput,
  PutRecordsResultEntry,
} from "@aws-sdk/client-kinesis";

/** The error code for a record in a request; undefined accepts it. Requests count from 1. */
export type Rejection = (data: string, request: number) => string | undefined;

/** Replaces a KinesisClient. Keeps the accepted records and the records of each request. */
export class FakeKinesis {
  readonly accepted: string[] = [];
  readonly requests: string[][] = [];
  inFlight = 0;
  mostInFlight = 0;
  readonly #reject: Rejection;
  readonly #fail: (request: number) => Error | undefined;

  constructor(
    reject: Rejection = () => undefined,
    fail: (request: number) => Error | undefined = () => undefined,
  ) {
    this.#reject = reject;
    this.#fail = fail;
  }

  async send(command: PutRecordsCommand): Promise<PutRecordsCommandOutput> {
    const records = command.input.Records ?? [];
    const data = records.map(({ Data }) => Buffer.from(Data ?? []).toString());
    const request = this.requests.push(data);
    this.inFlight += 1;
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
    await setImmediate();
    this.inFlight -= 1;
    const failure = this.#fail(request);
    if (failure) throw failure;
    const results = data.map((record) => this.#result(record, request));
    return {
      $metadata: {},
      FailedRecordCount: results.filter(({ ErrorCode }) => ErrorCode !== undefined).length,
      Records: results,
    };
  }

  #result(data: string, request: number): PutRecordsResultEntry {
    const code = this.#reject(data, request);
    if (code !== undefined) return { ErrorCode: code, ErrorMessage: `about ${data}` };
    this.accepted.push(data);
    return { SequenceNumber: String(this.accepted.length), ShardId: "shardId-000000000000" };
  }
}

/** An error as the AWS SDK throws it. */
export function serviceError(name: string, status: number, message = "from AWS"): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } });
}

/** A connection error as Node.js throws it. */
export function connectionError(code: string): Error {
  return Object.assign(new Error(`connect ${code}`), { code, $metadata: { attempts: 1 } });
}
