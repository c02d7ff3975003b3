import type { Clock } from "../../aws/clock";
import type {
  ObjectDestination,
  OutgoingObject,
} from "../../aws/firehose/delivery/objectDestination";
import { isDuring, type Outage } from "./traffic";
import type { SeededRandom } from "./seededRandom";

export interface SimulatedBucketOptions {
  readonly clock: Clock;
  readonly random: SeededRandom;
  /** In milliseconds since 1970: where the outages count from. */
  readonly begin: number;
  readonly outages: readonly Outage[];
  readonly onStored: (object: OutgoingObject) => void;
}

/** A bucket that keeps nothing, and takes as long for an object as S3 might. */
export class SimulatedBucket implements ObjectDestination {
  readonly #options: SimulatedBucketOptions;

  constructor(options: SimulatedBucketOptions) {
    this.#options = options;
  }

  /** @throws as S3 does while it is out of service */
  async put(object: OutgoingObject, signal: AbortSignal): Promise<void> {
    const { clock, random, begin, outages, onStored } = this.#options;
    const latency = random.logNormal(medianLatency, latencySigma);
    if (isDuring(outages, clock.now() - begin)) {
      await clock.sleep(Math.round(latency), signal);
      throw new ServiceUnavailableError();
    }
    const transfer = (1000 * object.storedBytes) / bytesPerSecond;
    await clock.sleep(Math.round(latency + transfer), signal);
    onStored(object);
  }
}

/** S3's answer with status 503. */
class ServiceUnavailableError extends Error {
  override readonly name = "ServiceUnavailable";
  constructor() {
    super("Service is unable to handle request.");
  }
}

/**
 * An assumption, after S3's performance guidelines: small objects take "roughly 100-200 ms", and a
 * single request moves 85 MB/s. In milliseconds; one put of a hundred takes 2.5 times the median.
 */
const medianLatency = 120;
const latencySigma = 0.4;
const bytesPerSecond = 85_000_000;
