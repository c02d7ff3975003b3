import { evaluatePrefix } from "../../components/prefix/evaluatePrefix";
import type { DeclaredDelivery } from "./declaredDelivery";

/** A key as a delivery stream would choose it for data, and one for records that failed. */
export interface SampleKeys {
  readonly data: string;
  readonly errors: string;
}

/**
 * Time and random parts are always the same, so that a rehearsal is.
 *
 * @throws if a prefix is wrong, or has an expression that cannot be evaluated here
 */
export function sampleKeys({ name, prefix, errorPrefix, timeZone }: DeclaredDelivery): SampleKeys {
  const moment = { timestamp: 0, timeZone, random: () => "0".repeat(11) };
  const objectName = `${name}-1-1970-01-01-00-00-00-${NIL_UUID}`;
  const errorMoment = { ...moment, errorOutputType: "processing-failed" };
  return {
    data: evaluatePrefix(prefix, moment) + objectName,
    errors: evaluatePrefix(errorPrefix, errorMoment) + objectName,
  };
}

const NIL_UUID = "00000000-0000-0000-0000-000000000000";
