import { randomInt, randomUUID } from "node:crypto";
import { evaluatePrefix, type PrefixMoment } from "../../../components/prefix/evaluatePrefix";
import { formatTimestamp } from "../../../components/prefix/formatTimestamp";
import type { DeliveryConfiguration } from "../model/deliveryConfiguration";
import { partitionKey } from "../processing/partitionRecords";
import type { ErrorOutputType, PartitionKeys } from "../processing/processedRecord";

/**
 * A new key for an object: `<prefix><name>-<version>-yyyy-MM-dd-HH-mm-ss-<uuid><extension>`.
 * Source: Firehose Developer Guide, "Amazon S3 object name format".
 *
 * @param oldestArrival of a record in the object, in milliseconds since 1970: the time in the key
 * @param keys of the records in the object, with which the prefix is the same for all of them
 */
export function newObjectKey(
  configuration: DeliveryConfiguration,
  oldestArrival: number,
  random: RandomSource,
  keys?: PartitionKeys,
): string {
  const prefix = evaluatePrefix(configuration.prefix, {
    ...momentOf(configuration, oldestArrival, random),
    ...(keys && { partitionKey: (from, key) => partitionKey(keys, from, key) }),
  });
  return prefix + objectName(configuration, oldestArrival, random) + configuration.fileExtension;
}

/**
 * As {@link newObjectKey}, below the error prefix and without an extension, even if one is set.
 * Without an error prefix, failed records are below the prefix, which then has no expressions.
 */
export function newErrorObjectKey(
  configuration: DeliveryConfiguration,
  oldestArrival: number,
  random: RandomSource,
  errorOutputType: ErrorOutputType,
): string {
  // A prefix with expressions requires an error prefix, so it is never evaluated here.
  const written = configuration.errorPrefix || configuration.prefix;
  const moment = momentOf(configuration, oldestArrival, random);
  const prefix = evaluatePrefix(written, { ...moment, errorOutputType });
  return prefix + objectName(configuration, oldestArrival, random);
}

function momentOf(
  { timeZone }: DeliveryConfiguration,
  timestamp: number,
  random: RandomSource,
): PrefixMoment {
  // Firehose Developer Guide, "Custom prefixes": 11 characters.
  return { timestamp, timeZone, random: () => random.letters(11) };
}

function objectName(
  { name, timeZone }: DeliveryConfiguration,
  oldestArrival: number,
  random: RandomSource,
): string {
  const time = formatTimestamp("yyyy-MM-dd-HH-mm-ss", oldestArrival, timeZone);
  return `${name}-${version}-${time}-${random.uuid()}`;
}

/** Counts the updates of a delivery stream. A local one is never updated. */
const version = 1;

/** Source of the random parts that make object keys unique. */
export interface RandomSource {
  /** In lower case, with hyphens. */
  uuid(): string;
  /** A string of this many letters and digits. */
  letters(count: number): string;
}

export const systemRandom: RandomSource = {
  uuid: () => randomUUID(),
  letters: (count) =>
    Array.from({ length: count }, () => characters[randomInt(characters.length)]).join(""),
};

const characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
