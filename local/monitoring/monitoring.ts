import type { ResourceGraph } from "../../engine/graph/resourceGraph";
import type { DeliveryEvent } from "../../aws/firehose/delivery/deliveryEvent";
import type { KinesisCall } from "../../aws/kinesis/kinesisCall";
import type { Alarm } from "../../aws/cloudwatch/alarms/alarm";
import { AlarmHistory } from "../../aws/cloudwatch/alarms/alarmHistory";
import { declaredAlarms } from "../../aws/cloudwatch/alarms/declaredAlarms";
import { evaluateAlarms, type AlarmResult } from "../../aws/cloudwatch/alarms/evaluateAlarms";
import { firehoseMetrics } from "./firehoseMetrics";
import { kinesisMetrics } from "./kinesisMetrics";
import { type MetricDatum, type Unit, unitOf } from "../../aws/cloudwatch/metric";
import { MetricStore, type MetricSeries } from "../../aws/cloudwatch/metricStore";

/** A line in the error log of a delivery stream. */
export interface LogLine {
  /** In milliseconds since 1970. */
  readonly at: number;
  readonly logGroupName: string;
  readonly logStreamName: string;
  /** JSON with `errorCode`, `message` and more, as Firehose writes it. */
  readonly message: string;
}

/** Error logs of a run. */
export interface LogLines {
  /** All that were written. */
  readonly count: number;
  /** The newest 1000, oldest first. */
  readonly lines: readonly LogLine[];
}

/**
 * All that CloudWatch would know of a run: what `monitoring.json` holds. Times are in milliseconds
 * since 1970.
 */
export interface MonitoringSnapshot {
  /** When it was made. */
  readonly at: number;
  /**
   * Every metric that has data, with a set of statistics for each minute that has some, oldest
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
 * CloudWatch on this machine: makes metrics and error log out of what happens, and evaluates the
 * alarms of a program, minute by minute as time goes on. Data come at once, where in AWS Kinesis
 * publishes every minute and Firehose every five.
 */
export class Monitoring {
  readonly #alarms: readonly Alarm[];
  readonly #store = new MetricStore();
  readonly #lines: LogLine[] = [];
  #lineCount = 0;
  /** Begins with the first thing that happens. */
  #history: AlarmHistory | undefined;

  constructor(graph: ResourceGraph) {
    this.#alarms = declaredAlarms(graph);
  }

  /** A delivery stream did something. */
  readonly onDelivery = (event: DeliveryEvent): void => {
    this.#record(event.at, firehoseMetrics(event));
    if (event.type !== "error-logged") return;
    const { at, logGroupName, logStreamName, message } = event;
    this.#lineCount += 1;
    this.#lines.push({ at, logGroupName, logStreamName, message });
    if (this.#lines.length > KEPT_LINES) this.#lines.shift();
  };

  /** A stream answered a call. */
  readonly onKinesis = (call: KinesisCall): void => {
    this.#record(call.at, kinesisMetrics(call));
  };

  get errorLog(): LogLines {
    return { count: this.#lineCount, lines: [...this.#lines] };
  }

  metrics(): readonly MeasuredMetric[] {
    return this.#store.metrics().map((series) => ({ ...series, unit: unitOf(series) ?? "None" }));
  }

  /** @param now In milliseconds since 1970. */
  alarms(now: number): readonly AlarmResult[] {
    return evaluateAlarms(this.#alarms, this.#store, this.#historyAt(now), now);
  }

  /** @param now In milliseconds since 1970. */
  snapshot(now: number): MonitoringSnapshot {
    const { errorLog } = this;
    return { at: now, metrics: this.metrics(), alarms: this.alarms(now), errorLog };
  }

  #record(at: number, data: readonly MetricDatum[]): void {
    // Minutes that are over are judged before newer data push the oldest out.
    this.#historyAt(at).advance(at);
    for (const datum of data) this.#store.record(datum);
  }

  #historyAt(at: number): AlarmHistory {
    this.#history ??= new AlarmHistory(this.#alarms, this.#store, at);
    return this.#history;
  }
}
