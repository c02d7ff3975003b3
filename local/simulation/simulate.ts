import { noCheckpoints } from "../../aws/firehose/delivery/checkpoints";
import type { DeliveryEvent, Output } from "../../aws/firehose/delivery/deliveryEvent";
import { startDeliveryStream } from "../../aws/firehose/delivery/deliveryStream";
import { withErrorLog } from "../../aws/firehose/delivery/errorLog";
import type { Packing } from "../../aws/firehose/delivery/outgoingObjects";
import type { StreamDelivery } from "../../aws/firehose/model/deliveryConfiguration";
import type { KinesisCall, KinesisPut } from "../../aws/kinesis/kinesisCall";
import { estimatedPacking, type PackedSample } from "./estimatedPacking";
import { type KeyDistribution, madeUpKeys } from "./madeUpKeys";
import { Observations } from "./observations";
import type { ProcessedContents } from "./processedContents";
import { asBundle, bundleBytes } from "./recordBundle";
import { replayedProcessing } from "./replayedProcessing";
import { seededKeys, SeededRandom } from "./seededRandom";
import { SimulatedBucket } from "./simulatedBucket";
import { SimulatedStream } from "./simulatedStream";
import type { SimulationResult } from "./simulationResult";
import type { Outage, Traffic, TrafficSecond } from "./traffic";
import { VirtualClock } from "./virtualClock";

export interface SimulationRequest {
  readonly configuration: StreamDelivery;
  readonly shards: number;
  readonly retentionHours: number;
  readonly traffic: Traffic;
  /** What becomes of the contents of the traffic. */
  readonly processed: ProcessedContents;
  /** In place of the partition keys of the contents; absent to use those. */
  readonly keys?: KeyDistribution;
  /** Of what is delivered. */
  readonly sample: PackedSample;
  /** The same, packed as the backup packs; required if the delivery stream has one. */
  readonly backupSample?: PackedSample;
  readonly outages: readonly Outage[];
  /** The same seed gives the same result. */
  readonly seed: number;
  readonly onDelivery: (event: DeliveryEvent) => void;
  readonly onKinesis: (call: KinesisCall) => void;
  /** Called after each simulated minute with the simulated time, in milliseconds since 1970. */
  readonly onProgress: (now: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Runs the delivery engine with a simulated stream and bucket on a virtual clock, until the traffic
 * has ended and every record is delivered or expired.
 *
 * @throws the signal's reason if it is aborted
 */
export async function simulate(request: SimulationRequest): Promise<SimulationResult> {
  const { traffic, configuration, processed, keys, seed, onDelivery, onProgress, signal } = request;
  const clock = new VirtualClock(traffic.begin);
  const observations = new Observations(traffic.begin);
  const source = simulatedStream(request, clock, observations);
  void source.produce();
  const { begin } = traffic;
  const bucketOf = (output: Output, sequence: number): SimulatedBucket =>
    new SimulatedBucket({
      ...{ clock, begin, outages: request.outages },
      random: new SeededRandom(seed, sequence),
      onStored: (object) => {
        observations.stored(object, clock.now(), output);
      },
    });
  // A simulation does not evaluate IAM. The `plan` command does.
  const onEvent = withErrorLog(
    configuration,
    () => true,
    clock,
    (ofBundles) => {
      const event = observations.counted(ofBundles, (shardId) => source.lastRead(shardId));
      observations.happened(event);
      onDelivery(event);
    },
  );
  const process = replayedProcessing({
    ...{ configuration, processed },
    ...(keys && {
      nextKeys: madeUpKeys(configuration.prefix, keys, new SeededRandom(seed, partitionSequence)),
    }),
    onCall: (call, { functionArn, retries }) => {
      const { name: deliveryStream } = configuration;
      const attempt = { attempt: 1, maximumAttempts: retries + 1, milliseconds: 0 };
      const place = { type: "function-called", deliveryStream, at: clock.now() } as const;
      onEvent({ ...place, functionArn, ...attempt, droppedRecords: 0, ...call });
    },
  });
  const deliveryStream = startDeliveryStream({
    configuration,
    source,
    destination: bucketOf("destination", bucketSequence),
    backupDestination: bucketOf("backup", backupSequence),
    ...(process && { process }),
    // The records are small: they share their data.
    maximumBufferedBytes: Infinity,
    checkpoints: noCheckpoints,
    clock,
    pollMilliseconds: 1000,
    random: seededKeys(new SeededRandom(seed, keySequence)),
    pack: packingOf(request, observations),
    onEvent,
  });

  const isDone = (): boolean => {
    const { accepted, backedUp, delivered, dropped } = observations;
    const stored = accepted - source.expired;
    const isBackedUp = !configuration.backup || backedUp === stored;
    return source.finished && delivered + dropped === stored && isBackedUp;
  };
  do {
    signal.throwIfAborted();
    await clock.run(clock.now() + 60_000);
    observations.endMinute(source.lag);
    onProgress(clock.now());
  } while (!isDone());
  const result = observations.result(clock.now(), source.expired);
  // Everything is delivered: reading the stream again would change only what is reported.
  await deliveryStream.stop(AbortSignal.abort()).catch(() => undefined);
  return result;
}

/** Each output has its own compression. */
function packingOf(request: SimulationRequest, observations: Observations): Packing {
  const { configuration, processed, sample, backupSample = sample, traffic } = request;
  const pack = converting(estimatedPacking(sample, traffic.contents), processed);
  const packBackup = estimatedPacking(backupSample, traffic.contents);
  return observations.remembering((records, output) =>
    output === configuration.backup ? packBackup(records, output) : pack(records, output),
  );
}

/** The same packing, after what cannot be converted is taken out. */
function converting(pack: Packing, { unconvertible }: ProcessedContents): Packing {
  return async (records, configuration) => {
    if (configuration.conversion === undefined) return pack(records, configuration);
    const failures = records.flatMap(({ record, data }) => {
      const failure = unconvertible.get(data);
      return failure ? [{ record, failure }] : [];
    });
    const converted =
      failures.length > 0 ? records.filter(({ data }) => !unconvertible.has(data)) : records;
    const count = converted.reduce((sum, { record }) => sum + asBundle(record).arrivals.length, 0);
    const packed = await pack(converted, configuration);
    return { ...packed, converted: { records: converted, failures, count } };
  };
}

function simulatedStream(
  request: SimulationRequest,
  clock: VirtualClock,
  observations: Observations,
): SimulatedStream {
  const { configuration, shards, retentionHours, traffic, seed, onKinesis } = request;
  const { name, region } = configuration.source;
  return new SimulatedStream({
    name,
    region,
    shards,
    retentionHours,
    traffic,
    seed,
    bundleBytes: bundleBytes(configuration, request.processed),
    clock,
    onArrivals: (second) => {
      observations.arrived(second);
      onKinesis(putOf(second, name, region));
    },
    onRead: onKinesis,
  });
}

/** Everything that arrives within a second, as one call that takes no time. */
function putOf(
  { at, records, bytes, throttled }: TrafficSecond,
  streamName: string,
  region: string,
): KinesisPut {
  return {
    operation: "PutRecords",
    streamName,
    region,
    at,
    milliseconds: 0,
    records,
    bytes,
    throttledRecords: throttled,
    failedRecords: 0,
  };
}

/** Sequences of random numbers. The shards use 1000 and above, see SimulatedStream. */
const bucketSequence = 1;
const keySequence = 2;
const backupSequence = 3;
const partitionSequence = 4;
