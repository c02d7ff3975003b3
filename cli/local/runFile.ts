import type { DeliveryEvent } from "../../aws/firehose/delivery/deliveryEvent";
import {
  type DeliveryConfiguration,
  producersCompress,
} from "../../aws/firehose/model/deliveryConfiguration";
import type { Processor } from "../../aws/firehose/features/processorFeature";
import type { LocalAws } from "../../local/run/startLocalAws";
import {
  type LocalDeliveryStream,
  readLocalRun,
  writeLocalRun,
} from "../../records/target/localRun";
import type { ProcessingStep } from "../../records/target/processing";
import { unusable } from "./runDirectory";
import type { RunListener } from "./startPipeline";

type Endpoints = Pick<LocalAws, "kinesisEndpoint" | "firehoseEndpoint" | "s3Endpoint">;

/** The file in the directory of a run by which other commands use it, and what it dropped. */
export class RunFile implements RunListener {
  readonly #write: (running: boolean) => void;
  /** By delivery stream, how many records an earlier run in the directory has dropped. */
  readonly #earlier = new Map<string, number>();
  readonly #droppedBy: (deliveryStream: string) => number;
  /** Written last. */
  readonly #written = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;

  /**
   * Writes that the run is up.
   *
   * @param droppedBy how many records a delivery stream has dropped in this run
   * @throws Error with the fix if the directory cannot be written to
   */
  constructor(
    directory: string,
    stack: string,
    deliveryStreams: readonly DeliveryConfiguration[],
    { kinesisEndpoint, firehoseEndpoint, s3Endpoint }: Endpoints,
    droppedBy: (deliveryStream: string) => number,
  ) {
    this.#droppedBy = droppedBy;
    for (const { name, droppedRecords = 0 } of readLocalRun(directory)?.deliveryStreams ?? [])
      this.#earlier.set(name, droppedRecords);
    this.#write = (running) => {
      const streams = deliveryStreams.map((configuration) => ({
        ...localDeliveryStream(configuration),
        droppedRecords: this.#total(configuration.name),
      }));
      writeLocalRun(directory, {
        ...{ version: 1, stack, process: process.pid, running },
        endpoints: { kinesis: kinesisEndpoint, firehose: firehoseEndpoint, s3: s3Endpoint },
        deliveryStreams: streams,
      });
      for (const { name, droppedRecords } of streams) this.#written.set(name, droppedRecords);
    };
    try {
      this.#write(true);
    } catch (error) {
      throw unusable(directory, error);
    }
  }

  /** Keeps the number of dropped records up to date, with at most one write in a while. */
  readonly onDelivery = ({ deliveryStream }: DeliveryEvent): void => {
    if (this.#timer || this.#total(deliveryStream) === this.#written.get(deliveryStream)) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#tryToWrite(true);
    }, writeMilliseconds);
  };

  /** What is put is not in the file. */
  readonly onKinesis = (): void => undefined;
  readonly onDirectPut = (): void => undefined;

  /** Writes that the run has ended. */
  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#tryToWrite(false);
  }

  /** The directory may be gone or the disk full. That the process has ended says the same. */
  #tryToWrite(running: boolean): void {
    try {
      this.#write(running);
    } catch {
      // Other commands then see the number of an earlier moment.
    }
  }

  #total(deliveryStream: string): number {
    return (this.#earlier.get(deliveryStream) ?? 0) + this.#droppedBy(deliveryStream);
  }
}

const writeMilliseconds = 200;

function localDeliveryStream(configuration: DeliveryConfiguration): LocalDeliveryStream {
  const { name, source, bucket, prefix, errorPrefix, timeZone, bufferSeconds } = configuration;
  return {
    ...{ name, region: source.region, bucket, prefix, errorPrefix, timeZone, bufferSeconds },
    ...(source.type === "kinesis" && { stream: source.name }),
    delimiter: configuration.newlineDelimiter ? "newline" : "none",
    recordCompression: producersCompress(configuration) ? "GZIP" : "none",
    processing: [...stepsOf(configuration)],
  };
}

function stepsOf({
  processors,
  partitions = false,
  conversion,
}: DeliveryConfiguration): readonly ProcessingStep[] {
  // Firehose extracts messages only together with a decompression.
  const isMessages = processors.some(
    (one) => one.type === "CloudWatchLogProcessing" && one.dataMessageExtraction,
  );
  const steps = processors.flatMap((processor) => stepOf(processor));
  return [
    ...steps.filter((step) => !(isMessages && step === "decompress")),
    ...(partitions ? ["partition" as const] : []),
    ...(conversion ? ["parquet" as const] : []),
  ];
}

function stepOf(processor: Processor): readonly ProcessingStep[] {
  switch (processor.type) {
    case "Decompression":
      return ["decompress"];
    case "CloudWatchLogProcessing":
      return processor.dataMessageExtraction ? ["messages"] : [];
    case "RecordDeAggregation":
      if (processor.subRecords === "JSON") return ["split-json"];
      return processor.subRecords.delimiter === lineFeed ? ["split-lines"] : ["split"];
    case "Lambda":
      return ["transform"];
    default:
      return [];
  }
}

/** In Base64, as delimiters are declared. */
const lineFeed = Buffer.from("\n").toString("base64");
