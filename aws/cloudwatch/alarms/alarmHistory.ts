import { MINUTE, type MetricStore } from "../metricStore";
import type { Alarm, CompositeAlarm, MetricAlarm } from "./alarm";
import { type AlarmState, holds, type Transition } from "./alarmRule";
import { dataPoints } from "./dataPoints";
import { nextAlarmState } from "./nextAlarmState";

/** Of this many changes of state of an alarm the newest are kept. */
const KEPT_TRANSITIONS = 1000;

/** What became of one alarm. */
export interface AlarmRecord {
  readonly state: AlarmState;
  /** Oldest first. */
  readonly transitions: readonly Transition[];
  /** When it was in ALARM first, in milliseconds since 1970. */
  readonly firedAt?: number;
}

/** Every alarm is new to begin with. */
const newAlarm: AlarmRecord = { state: "INSUFFICIENT_DATA", transitions: [] };

/** The states of alarms as time goes on, evaluated at the end of each minute, as CloudWatch does. */
export class AlarmHistory {
  readonly #store: MetricStore;
  readonly #metricAlarms: readonly MetricAlarm[];
  readonly #compositeAlarms: readonly CompositeAlarm[];
  readonly #records: Map<string, AlarmRecord>;
  /** Until when they are evaluated, at a full minute. */
  #until: number;

  /**
   * @param alarms A composite alarm after those that it names.
   * @param from In milliseconds since 1970: only minutes that end later are evaluated.
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

  /** Evaluates all minutes that are over at a time, in milliseconds since 1970. */
  advance(to: number): void {
    while (this.#until + MINUTE <= to) {
      this.#until += MINUTE;
      for (const [name, state] of this.statesAt(this.#until, this.#until)) this.#enter(name, state);
    }
  }

  /** Independent of this one from now on. */
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
   * The states that follow upon the present ones.
   *
   * @param at When, at a full minute.
   * @param known Until when there are data: see `dataPoints`.
   */
  statesAt(at: number, known: number): ReadonlyMap<string, AlarmState> {
    const states = new Map<string, AlarmState>();
    for (const alarm of this.#metricAlarms) {
      const points = dataPoints(alarm, this.#store, at, known);
      states.set(alarm.name, nextAlarmState(points, alarm, this.recordOf(alarm.name).state));
    }
    for (const { name, rule } of this.#compositeAlarms) {
      const fires = holds(rule, (other) => states.get(other) ?? newAlarm.state);
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
