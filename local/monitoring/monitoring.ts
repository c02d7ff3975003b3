import type { Alarm } from "../../aws/cloudwatch/alarms/alarm";
import { AlarmHistory } from "../../aws/cloudwatch/alarms/alarmHistory";
import { declaredAlarms } from "../../aws/cloudwatch/alarms/declaredAlarms";
import { type AlarmResult, evaluateAlarms } from "../../aws/cloudwatch/alarms/evaluateAlarms";
import { type MetricData, type Unit, unitOf } from "../../aws/cloudwatch/metric";
import { type MetricSeries, MetricStore } from "../../aws/cloudwatch/metricStore";
import type { DeliveryEvent } from "../../aws/firehose/delivery/deliveryEvent";
import type { DirectPutCall } from "../../aws/firehose/endpoint/directPutCall";
import {
  declaredDeliveryStreams,
  readDeliveryStream,
} from "../../aws/firehose/model/deliveryStream";
import type { KinesisCall } from "../../aws/kinesis/kinesisCall";
import type { ResourceGraph } from "../../engine/graph/resourceGraph";
import { directPutMetrics, firehoseMetrics } from "./firehoseMetrics";
import { kinesisMetrics } from "./kinesisMetrics";

/** A line in the error log of a delivery stream. */
export interface LogLine {
  /** In milliseconds since 1970. */
  readonly at: number;
  readonly logGroupName: string;
  readonly logStreamName: string;
  /** JSON with `errorCode`, `message` and more, as Firehose writes it. */
  readonly message: string;
}

/** The error log of a run. */
export interface LogLines {
  /** How many lines were written. */
  readonly count: number;
  /** The newest 1000, oldest first. */
  readonly lines: readonly LogLine[];
}

/**
 * What CloudWatch would show of a run: the content of `monitoring.json`. Times are in milliseconds since
 * 1970.
 */
export interface MonitoringSnapshot {
  /** When the snapshot was taken. */
  readonly at: number;
  /**
   * Every metric that has data, with a set of statistics for each minute that has data, oldest
   * first: `{ namespace, name, dimensions, unit, minutes: [{ at, count, sum, min, max }] }`.
   */
  readonly metrics: readonly MeasuredMetric[];
  /** Every alarm that the program declares. */
  readonly alarms: readonly AlarmResult[];
  readonly errorLog: LogLines;
}

export interface MeasuredMetric extends MetricSeries {
  readonly unit: Unit;
}

const KEPT_LINES = 1000;

/**
 * CloudWatch on this machine: derives metrics and the error log from events, and evaluates the alarms
 * of a program minute by minute. Data are available at once; in AWS, Kinesis publishes every minute
 * and Firehose every five.
 */
export class Monitoring {
  readonly #alarms: readonly Alarm[];
  /** Names of the delivery streams without a source. */
  readonly #directPut: ReadonlySet<unknown>;
  readonly #store = new MetricStore();
  readonly #lines: LogLine[] = [];
  #lineCount = 0;
  /** Starts with the first event. */
  #history: AlarmHistory | undefined;

  constructor(graph: ResourceGraph) {
    this.#alarms = declaredAlarms(graph);
    this.#directPut = new Set(
      declaredDeliveryStreams(graph)
        .map(readDeliveryStream)
        .filter(({ source }) => source.type === "direct-put")
        .map(({ name }) => name),
    );
  }

  /** Records an event of a delivery stream. */
  readonly onDelivery = (event: DeliveryEvent): void => {
    // What producers put to a delivery stream is not a read of a stream: `onDirectPut` measures it.
    if (event.type !== "records-read" || !this.#directPut.has(event.deliveryStream))
      this.#record(event.at, firehoseMetrics(event));
    if (event.type !== "error-logged") return;
    const { at, logGroupName, logStreamName, message } = event;
    this.#lineCount += 1;
    this.#lines.push({ at, logGroupName, logStreamName, message });
    if (this.#lines.length > KEPT_LINES) this.#lines.shift();
  };

  /** Records a call of a producer to a delivery stream. */
  readonly onDirectPut = (call: DirectPutCall): void => {
    this.#record(call.at, directPutMetrics(call));
  };

  /** Records a call to a stream. */
  readonly onKinesis = (call: KinesisCall): void => {
    this.#record(call.at, kinesisMetrics(call));
  };

  /** Every alarm that the program declares. */
  get declaredAlarms(): readonly Alarm[] {
    return this.#alarms;
  }

  get errorLog(): LogLines {
    return { count: this.#lineCount, lines: [...this.#lines] };
  }

  metrics(): readonly MeasuredMetric[] {
    return this.#store.metrics().map((series) => ({ ...series, unit: unitOf(series) ?? "None" }));
  }

  /** @param now in milliseconds since 1970 */
  alarms(now: number): readonly AlarmResult[] {
    return evaluateAlarms(this.#alarms, this.#store, this.#historyAt(now), now);
  }

  /** @param now in milliseconds since 1970 */
  snapshot(now: number): MonitoringSnapshot {
    const { errorLog } = this;
    return { at: now, metrics: this.metrics(), alarms: this.alarms(now), errorLog };
  }

  #record(at: number, data: MetricData | undefined): void {
    // Complete minutes are evaluated before newer data replace the oldest.
    this.#historyAt(at).advance(at);
    if (data !== undefined) this.#store.record(data);
  }

  #historyAt(at: number): AlarmHistory {
    this.#history ??= new AlarmHistory(this.#alarms, this.#store, at);
    return this.#history;
  }
}
