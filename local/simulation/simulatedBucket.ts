import type { Clock } from "../../aws/clock";
import type {
  ObjectDestination,
  OutgoingObject,
} from "../../aws/firehose/delivery/objectDestination";
import type { SeededRandom } from "./seededRandom";
import { isDuring, type Outage } from "./traffic";

export interface SimulatedBucketOptions {
  readonly clock: Clock;
  readonly random: SeededRandom;
  /** The start of the simulation, in milliseconds since 1970. Outages are relative to it. */
  readonly begin: number;
  readonly outages: readonly Outage[];
  readonly onStored: (object: OutgoingObject) => void;
}

/** A bucket that stores nothing, and takes about as long as S3 for an object. */
export class SimulatedBucket implements ObjectDestination {
  readonly #options: SimulatedBucketOptions;

  constructor(options: SimulatedBucketOptions) {
    this.#options = options;
  }

  /** @throws S3's error during an outage */
  async put(object: OutgoingObject, signal: AbortSignal): Promise<void> {
    const { clock, random, begin, outages, onStored } = this.#options;
    const latency = random.logNormal(assumedPut.medianMs, latencySigma);
    if (isDuring(outages, clock.now() - begin)) {
      await clock.sleep(Math.round(latency), signal);
      throw new ServiceUnavailableError();
    }
    const transfer = (1000 * object.storedBytes) / assumedPut.bytesPerSecond;
    await clock.sleep(Math.round(latency + transfer), signal);
    onStored(object);
  }
}

/** S3's error with status 503. */
class ServiceUnavailableError extends Error {
  override readonly name = "ServiceUnavailable";
  constructor() {
    super("Service is unable to handle request.");
  }
}

/**
 * How long a put takes. Assumptions, based on S3's performance guidelines: small objects take "roughly
 * 100-200 ms", and a single request transfers 85 MB/s.
 */
export const assumedPut = { medianMs: 120, bytesPerSecond: 85_000_000 } as const;

/** One put in a hundred takes more than 2.5 times the median. */
const latencySigma = 0.4;
