import { randomInt, randomUUID } from "node:crypto";
import { evaluatePrefix } from "../../../components/prefix/evaluatePrefix";
import { formatTimestamp } from "../../../components/prefix/formatTimestamp";
import type { DeliveryConfiguration } from "./deliveryConfiguration";

/**
 * A new key for an object: `<prefix><name>-<version>-yyyy-MM-dd-HH-mm-ss-<uuid><extension>`.
 * Source: Firehose Developer Guide, "Amazon S3 object name format".
 *
 * @param oldestArrival of a record in the object, in milliseconds since 1970: the time in the key
 */
export function newObjectKey(configuration: DeliveryConfiguration, oldestArrival: number): string {
  const { name, prefix, timeZone, fileExtension } = configuration;
  const folder = evaluatePrefix(prefix, {
    timestamp: oldestArrival,
    timeZone,
    random: randomString,
  });
  const time = formatTimestamp("yyyy-MM-dd-HH-mm-ss", oldestArrival, timeZone);
  return `${folder}${name}-${version}-${time}-${randomUUID()}${fileExtension}`;
}

/** Counts changes of a delivery stream's configuration; a local one is made and never changed. */
const version = 1;

/** `!{firehose:random-string}`: 11 letters and digits. */
function randomString(): string {
  const characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  return Array.from({ length: 11 }, () => characters[randomInt(characters.length)]).join("");
}
