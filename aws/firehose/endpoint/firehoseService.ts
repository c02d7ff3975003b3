import { ApiEndpoint } from "../../apiEndpoint";
import { ApiFailure, asFailure } from "../../apiFailure";
import type { Clock } from "../../clock";
import type { HttpAnswer, HttpRequest } from "../../httpListener";
import { PutGate } from "../../putGate";
import { describeOperations } from "./describeOperations";
import type { DirectPutCall } from "./directPutCall";
import {
  maxBatchBytes,
  type PutCounts,
  putOperations,
  sentRecords,
  unavailable,
} from "./putOperations";
import {
  deliveryStreamsHere,
  type FirehoseContext,
  type ServedDeliveryStream,
} from "./servedDeliveryStream";

export interface FirehoseServiceOptions {
  readonly clock: Clock;
  /** Gets every call that puts records to a delivery stream, as it is answered. */
  readonly onCall: (call: DirectPutCall) => void;
}

/** Answers requests as the Firehose API does. */
export class FirehoseService {
  readonly #options: FirehoseServiceOptions;
  readonly #deliveryStreams: ServedDeliveryStream[] = [];
  readonly #endpoint: ApiEndpoint;
  readonly #puts = new PutGate(unavailable);

  constructor(options: FirehoseServiceOptions) {
    this.#options = options;
    this.#endpoint = new ApiEndpoint({
      service: "Firehose",
      target: "Firehose_20150804",
      maxDataBytes: maxBatchBytes,
      supports: (name) =>
        Object.hasOwn(putOperations, name) || Object.hasOwn(describeOperations, name),
      perform: (name, message, region) =>
        this.#perform(name, message, { region, deliveryStreams: this.#deliveryStreams }),
    });
  }

  /** Serves one more delivery stream. */
  add(deliveryStream: ServedDeliveryStream): void {
    this.#deliveryStreams.push(deliveryStream);
  }

  /** Asks producers from now on to try again later; resolves when the puts that have begun are done. */
  rejectPuts(): Promise<void> {
    return this.#puts.close();
  }

  /** Never rejects. */
  answer(request: HttpRequest): Promise<HttpAnswer> {
    return this.#endpoint.answer(request);
  }

  async #perform(name: string, message: object, context: FirehoseContext): Promise<object> {
    const put = putOperations[name];
    if (!put) return describeOperations[name]?.(message, context) ?? {};
    const begun = performance.now();
    const observed = (outcome: PutCounts | ApiFailure): void => {
      const milliseconds = Math.round(performance.now() - begun);
      this.#observe(name as DirectPutCall["operation"], message, context, milliseconds, outcome);
    };
    try {
      const { body, counts } = await this.#puts.pass(() => put(message, context));
      observed(counts);
      return body;
    } catch (error) {
      const failure = asFailure(error);
      observed(failure);
      throw failure;
    }
  }

  /** A call to a delivery stream that does not exist has no metrics. */
  #observe(
    operation: DirectPutCall["operation"],
    message: object,
    context: FirehoseContext,
    milliseconds: number,
    outcome: PutCounts | ApiFailure,
  ): void {
    const { DeliveryStreamName: named } = message as { readonly DeliveryStreamName?: unknown };
    const found = deliveryStreamsHere(context).find(
      ({ configuration }) => configuration.name === named,
    );
    if (!found) return;
    const counts =
      outcome instanceof ApiFailure
        ? {
            ...{ records: 0, bytes: 0, failedRecords: sentRecords(operation, message) },
            errorCode: outcome.code,
          }
        : outcome;
    this.#options.onCall({
      operation,
      deliveryStream: found.configuration.name,
      region: context.region,
      at: this.#options.clock.now(),
      milliseconds,
      ...counts,
    });
  }
}
