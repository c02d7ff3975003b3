import type {
  PutRecordsCommand,
  PutRecordsCommandOutput,
  PutRecordsResultEntry,
} from "@aws-sdk/client-kinesis";
import { setImmediate } from "node:timers/promises";

/** Decides about one record of one request, both counted from 1; undefined accepts it. */
export type Refusal = (text: string, request: number) => string | undefined;

/** Stands in for a KinesisClient. Keeps what it accepted and checks the limits of each request. */
export class FakeKinesis {
  readonly accepted: string[] = [];
  readonly requests: string[][] = [];
  inFlight = 0;
  mostInFlight = 0;
  readonly #refuse: Refusal;
  readonly #fail: (request: number) => Error | undefined;

  constructor(
    refuse: Refusal = () => undefined,
    fail: (request: number) => Error | undefined = () => undefined,
  ) {
    this.#refuse = refuse;
    this.#fail = fail;
  }

  async send(command: PutRecordsCommand): Promise<PutRecordsCommandOutput> {
    const records = command.input.Records ?? [];
    const texts = records.map(({ Data }) => Buffer.from(Data ?? []).toString());
    const request = this.requests.push(texts);
    this.inFlight += 1;
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
    await setImmediate();
    this.inFlight -= 1;
    const failure = this.#fail(request);
    if (failure) throw failure;
    const results = texts.map((text) => this.#result(text, request));
    return {
      $metadata: {},
      FailedRecordCount: results.filter(({ ErrorCode }) => ErrorCode !== undefined).length,
      Records: results,
    };
  }

  #result(text: string, request: number): PutRecordsResultEntry {
    const code = this.#refuse(text, request);
    if (code !== undefined) return { ErrorCode: code, ErrorMessage: `about ${text}` };
    this.accepted.push(text);
    return { SequenceNumber: String(this.accepted.length), ShardId: "shardId-000000000000" };
  }
}

/** An error as the AWS SDK throws it. */
export function serviceError(name: string, status: number, message = "from AWS"): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } });
}

/** An error of the connection, as Node throws it. */
export function connectionError(code: string): Error {
  return Object.assign(new Error(`connect ${code}`), { code, $metadata: { attempts: 1 } });
}
