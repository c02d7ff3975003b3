import { MINUTE, type MetricStore } from "../metricStore";
import type { Alarm, CompositeAlarm, MetricAlarm } from "./alarm";
import { type AlarmState, isMet, type Transition } from "./alarmRule";
import { dataPoints } from "./dataPoints";
import { nextAlarmState } from "./nextAlarmState";

/** How many of the newest changes of state are kept per alarm. */
const KEPT_TRANSITIONS = 1000;

/** The state of one alarm, and how it came about. */
export interface AlarmRecord {
  readonly state: AlarmState;
  /** Oldest first. */
  readonly transitions: readonly Transition[];
  /** When it first went into ALARM, in milliseconds since 1970. */
  readonly firedAt?: number;
}

/** The state of an alarm before its first evaluation. */
const newAlarm: AlarmRecord = { state: "INSUFFICIENT_DATA", transitions: [] };

/** The states of alarms over time, evaluated at the end of each minute, as CloudWatch does. */
export class AlarmHistory {
  readonly #store: MetricStore;
  readonly #metricAlarms: readonly MetricAlarm[];
  readonly #compositeAlarms: readonly CompositeAlarm[];
  readonly #records: Map<string, AlarmRecord>;
  /** The minutes before it are evaluated; in milliseconds since 1970, at a full minute. */
  #until: number;

  /**
   * @param alarms each composite alarm after those that it names
   * @param from in milliseconds since 1970; only minutes that end later are evaluated
   */
  constructor(alarms: readonly Alarm[], store: MetricStore, from: number) {
    this.#store = store;
    this.#metricAlarms = alarms.filter((alarm) => alarm.kind === "metric");
    this.#compositeAlarms = alarms.filter((alarm) => alarm.kind === "composite");
    this.#records = new Map();
    this.#until = Math.floor(from / MINUTE) * MINUTE;
  }

  recordOf(name: string): AlarmRecord {
    return this.#records.get(name) ?? newAlarm;
  }

  /** Evaluates all minutes that end at or before a time, in milliseconds since 1970. */
  advance(to: number): void {
    while (this.#until + MINUTE <= to) {
      this.#until += MINUTE;
      for (const [name, state] of this.statesAt(this.#until, this.#until)) this.#enter(name, state);
    }
  }

  /** A copy that later changes of this one do not affect. */
  copy(): AlarmHistory {
    const copy = new AlarmHistory(
      [...this.#metricAlarms, ...this.#compositeAlarms],
      this.#store,
      this.#until,
    );
    for (const [name, record] of this.#records) copy.#records.set(name, record);
    return copy;
  }

  /**
   * The states that follow the present ones.
   *
   * @param at in milliseconds since 1970, at a full minute
   * @param known when the data end: see `dataPoints`
   */
  statesAt(at: number, known: number): ReadonlyMap<string, AlarmState> {
    const states = new Map<string, AlarmState>();
    for (const alarm of this.#metricAlarms) {
      const points = dataPoints(alarm, this.#store, at, known);
      states.set(alarm.name, nextAlarmState(points, alarm, this.recordOf(alarm.name).state));
    }
    for (const { name, rule } of this.#compositeAlarms) {
      const fires = isMet(rule, (other) => states.get(other) ?? newAlarm.state);
      states.set(name, fires ? "ALARM" : "OK");
    }
    return states;
  }

  #enter(name: string, state: AlarmState): void {
    const { transitions, firedAt, ...record } = this.recordOf(name);
    if (state === record.state) return;
    const at = this.#until;
    const first = firedAt ?? (state === "ALARM" ? at : undefined);
    this.#records.set(name, {
      state,
      transitions: [...transitions, { at, state }].slice(-KEPT_TRANSITIONS),
      ...(first === undefined ? {} : { firedAt: first }),
    });
  }
}
