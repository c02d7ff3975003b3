import { noCheckpoints } from "../../aws/firehose/delivery/checkpoints";
import type { DeliveryEvent, Output } from "../../aws/firehose/delivery/deliveryEvent";
import { startDeliveryStream } from "../../aws/firehose/delivery/deliveryStream";
import { withErrorLog } from "../../aws/firehose/delivery/errorLog";
import type { Packing } from "../../aws/firehose/delivery/outgoingObjects";
import type { StreamDelivery } from "../../aws/firehose/model/deliveryConfiguration";
import type { FunctionInvoker } from "../../aws/firehose/transformation/functionInvoker";
import type { KinesisCall, KinesisPut } from "../../aws/kinesis/kinesisCall";
import { estimatedPacking, type PackedSample } from "./estimatedPacking";
import { Observations } from "./observations";
import { bundleBytes } from "./recordBundle";
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
  const { traffic, configuration, seed, onDelivery, onProgress, signal } = request;
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
  const deliveryStream = startDeliveryStream({
    configuration,
    source,
    destination: bucketOf("destination", bucketSequence),
    backupDestination: bucketOf("backup", backupSequence),
    // What a function makes of made-up records is unknown.
    functions: unchangedRecords,
    checkpoints: noCheckpoints,
    clock,
    pollMilliseconds: 1000,
    random: seededKeys(new SeededRandom(seed, keySequence)),
    pack: packingOf(request, observations),
    // A simulation does not evaluate IAM. The `plan` command does.
    onEvent: withErrorLog(
      configuration,
      () => true,
      clock,
      (ofBundles) => {
        const event = observations.counted(ofBundles, (shardId) => source.lastRead(shardId));
        observations.happened(event);
        onDelivery(event);
      },
    ),
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
  const { configuration, sample, backupSample = sample, traffic } = request;
  const pack = estimatedPacking(sample, traffic.contents);
  const packBackup = estimatedPacking(backupSample, traffic.contents);
  return observations.remembering((records, output) =>
    output === configuration.backup ? packBackup(records, output) : pack(records, output),
  );
}

/** In place of a function: returns every record as it is, at once. */
const unchangedRecords: FunctionInvoker = {
  invoke: (_, payload) => {
    const { records } = JSON.parse(payload) as { readonly records: readonly EventRecord[] };
    const answers = records.map(({ recordId, data }) => ({ recordId, result: "Ok", data }));
    return Promise.resolve({ payload: JSON.stringify({ records: answers }) });
  },
};

interface EventRecord {
  readonly recordId: string;
  readonly data: string;
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
    bundleBytes: bundleBytes(configuration),
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
