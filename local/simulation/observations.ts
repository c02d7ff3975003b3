import type {
  DeliveryEvent,
  ObjectDelivered,
  Output,
  RecordsBuffered,
} from "../../aws/firehose/delivery/deliveryEvent";
import type { OutgoingObject } from "../../aws/firehose/delivery/objectDestination";
import type { Packing } from "../../aws/firehose/delivery/outgoingObjects";
import type { DeliverableRecord } from "../../aws/firehose/processing/processedRecord";
import { endsRecord } from "../../aws/firehose/source/streamSource";
import { MinuteSeries } from "./minuteSeries";
import { asBundle } from "./recordBundle";
import type {
  Distribution,
  FailedCalls,
  FailedRecords,
  SimulationResult,
} from "./simulationResult";
import type { TrafficSecond } from "./traffic";

/** Records what a simulated delivery stream does, and computes the result of the simulation. */
export class Observations {
  readonly #begin: number;
  readonly #series: MinuteSeries;
  readonly #recordsOf = new WeakMap<Uint8Array, readonly DeliverableRecord[]>();
  /** How many records are in the objects that were put, but not yet reported, by key. */
  readonly #recordsIn = new Map<string, number>();
  readonly #bytes: number[] = [];
  readonly #storedBytes: number[] = [];
  readonly #reasons = { size: 0, interval: 0, shutdown: 0 };
  readonly #failedCalls = new Map<string, FailedCalls>();
  readonly #functions = { calls: 0, records: 0 };
  readonly #conversion = { records: 0, failedRecords: 0 };
  readonly #partitions = { limit: 0, most: 0, recordsOverLimit: 0 };
  /** By error output type. */
  readonly #errors = new Map<string, FailedRecords>();
  #smallObjects = 0;
  readonly #backup = { objects: 0, records: 0, storedBytes: 0 };
  #accepted = 0;
  #acceptedBytes = 0;
  #throttled = 0;
  #delivered = 0;
  #dropped = 0;

  /** @param begin in milliseconds since 1970 */
  constructor(begin: number) {
    this.#begin = begin;
    this.#series = new MinuteSeries(begin);
  }

  /** Records that processors have removed. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Records in objects in the bucket. */
  get delivered(): number {
    return this.#delivered;
  }

  /** Records in objects in the bucket of the backup. */
  get backedUp(): number {
    return this.#backup.records;
  }

  /** Records that the stream has reported as accepted. */
  get accepted(): number {
    return this.#accepted;
  }

  readonly arrived = (second: TrafficSecond): void => {
    this.#accepted += second.records;
    this.#acceptedBytes += second.bytes;
    this.#throttled += second.throttled;
    this.#series.arrived(second);
  };

  /** An event of the delivery engine, with records in place of bundles. */
  counted(event: DeliveryEvent, lastRead: (shardId: string) => number): DeliveryEvent {
    if (event.type === "records-read") return { ...event, records: lastRead(event.shardId) };
    if (event.type !== "object-delivered") return event;
    const records = this.#recordsIn.get(event.key) ?? event.streamRecords ?? event.records;
    this.#recordsIn.delete(event.key);
    return { ...event, records };
  }

  /** The same packing, which also remembers the records of each object. */
  remembering(pack: Packing): Packing {
    return async (records, configuration) => {
      const packed = await pack(records, configuration);
      this.#recordsOf.set(packed.body, packed.converted?.records ?? records);
      return packed;
    };
  }

  /** Counts the records in an object that was put into a bucket, and adds their latency unless it is a backup. */
  stored(object: OutgoingObject, now: number, output: Output): void {
    const records = this.#recordsOf.get(object.body);
    if (records === undefined) return;
    let count = 0;
    for (const { record } of records) {
      // A record that was split is delivered with its last part.
      if (!endsRecord(record)) continue;
      const { arrivals } = asBundle(record);
      if (output === "destination") this.#series.delivered(arrivals, now);
      count += arrivals.length;
    }
    this.#recordsIn.set(object.key, count);
  }

  happened(event: DeliveryEvent): void {
    if (event.type === "object-delivered") this.#objectDelivered(event);
    if (event.type === "records-buffered" && event.backup !== true) this.#buffered(event);
    if (event.type === "function-called") {
      this.#functions.calls += 1;
      this.#functions.records += event.records;
    }
    if (event.type === "records-converted") {
      this.#conversion.records += event.records;
      this.#conversion.failedRecords += event.failedRecords;
    }
    if (event.type === "call-failed") {
      const { operation, code, backup = false } = event;
      const key = `${operation} ${code} ${backup}`;
      const times = (this.#failedCalls.get(key)?.times ?? 0) + 1;
      this.#failedCalls.set(key, { operation, code, ...(backup && { backup }), times });
    }
  }

  endMinute(lag: number): void {
    this.#series.endMinute(lag);
  }

  /** The result for the minutes that have ended. */
  result(now: number, expired: number): SimulationResult {
    const { latencies } = this.#series;
    const delivered = this.#delivered;
    const errors = [...this.#errors.values()];
    const errorObjects = errors.reduce((sum, { objects }) => sum + objects, 0);
    const { calls, records: called } = this.#functions;
    return {
      records: {
        accepted: this.#accepted,
        bytes: this.#acceptedBytes,
        throttled: this.#throttled,
        expired,
        delivered,
        undelivered: this.#accepted - expired - delivered - this.#dropped,
      },
      objects: {
        data: this.#storedBytes.length - errorObjects,
        error: errorObjects,
        ...(errors.length > 0 && { errors }),
        small: this.#smallObjects,
        reasons: this.#reasons,
        bytes: distribution(this.#bytes),
        storedBytes: distribution(this.#storedBytes),
        allBytes: this.#bytes.reduce((sum, bytes) => sum + bytes, 0),
        allStoredBytes: this.#storedBytes.reduce((sum, bytes) => sum + bytes, 0),
      },
      latency: {
        min: latencies.min,
        p50: latencies.quantile(0.5),
        p99: latencies.quantile(0.99),
        max: latencies.max,
      },
      ...(this.#backup.objects > 0 && { backup: { ...this.#backup } }),
      failedCalls: [...this.#failedCalls.values()],
      ...(calls > 0 && { functionCalls: calls, recordsPerCall: called / calls }),
      ...(this.#conversion.records > 0 && { conversion: { ...this.#conversion } }),
      ...(this.#partitions.limit > 0 && { partitions: { ...this.#partitions } }),
      milliseconds: now - this.#begin,
      minutes: this.#series.minutes,
    };
  }

  #buffered({ at, droppedRecords = 0, partitions }: RecordsBuffered): void {
    this.#dropped = droppedRecords;
    if (partitions === undefined) return;
    this.#partitions.limit = partitions.limit;
    this.#partitions.most = Math.max(this.#partitions.most, partitions.active);
    this.#partitions.recordsOverLimit += partitions.recordsOverLimit;
    this.#series.partitioned(at, partitions.active);
  }

  #objectDelivered(object: ObjectDelivered): void {
    const { at, records, bytes, storedBytes, reason, errorOutputType, backup } = object;
    if (backup) {
      // Its records are those of other objects, and are not counted again.
      this.#backup.objects += 1;
      this.#backup.records += records;
      this.#backup.storedBytes += storedBytes;
      return;
    }
    this.#delivered += records;
    this.#bytes.push(bytes);
    this.#storedBytes.push(storedBytes);
    this.#reasons[reason] += 1;
    if (errorOutputType === undefined) this.#smallObjects += storedBytes < smallBytes ? 1 : 0;
    else {
      const failed = this.#errors.get(errorOutputType);
      this.#errors.set(errorOutputType, {
        errorOutputType,
        objects: (failed?.objects ?? 0) + 1,
        records: (failed?.records ?? 0) + records,
      });
    }
    this.#series.stored(at, records, storedBytes);
  }
}

/** Below it, listing and opening an object takes a query longer than reading it. */
const smallBytes = 1024 * 1024;

function distribution(values: readonly number[]): Distribution {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number): number =>
    sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { min: at(0), p50: at(0.5), p99: at(0.99), max: at(1) };
}
