import { parseArn } from "../../../components/iam/arn";
import { resourceNotFound } from "../../apiFailure";
import { required, string } from "../../requestShape";
import type { DeliveryConfiguration } from "../model/deliveryConfiguration";

/** A delivery stream that the endpoint serves. */
export interface ServedDeliveryStream {
  readonly configuration: DeliveryConfiguration;
  /** In milliseconds since 1970. */
  readonly created: number;
  /**
   * Stores the records that producers put, all or none; they are in a file when it resolves. Absent for
   * a delivery stream that reads a Kinesis stream.
   *
   * @returns an ID for each record
   */
  readonly store?: (records: readonly Buffer[]) => Promise<readonly string[]>;
}

/** What an operation works with. */
export interface FirehoseContext {
  /** Of the signature. */
  readonly region: string;
  /** Of all regions. */
  readonly deliveryStreams: readonly ServedDeliveryStream[];
}

/** By which operations name a delivery stream. */
export const deliveryStreamName = required(string({ min: 1, max: 64, pattern: "[a-zA-Z0-9_.-]+" }));

/** The delivery streams in the region of a call, by name. */
export function deliveryStreamsHere({
  region,
  deliveryStreams,
}: FirehoseContext): readonly ServedDeliveryStream[] {
  return deliveryStreams
    .filter(({ configuration }) => parseArn(configuration.arn).region === region)
    .sort((one, other) => (one.configuration.name < other.configuration.name ? -1 : 1));
}

/** @throws ApiFailure if there is no such delivery stream in the region of the call */
export function servedDeliveryStream(name: string, context: FirehoseContext): ServedDeliveryStream {
  const found = deliveryStreamsHere(context).find(
    ({ configuration }) => configuration.name === name,
  );
  if (found) return found;
  throw resourceNotFound(`Firehose ${name} under account ${account} not found.`);
}

const account = "123456789012";
