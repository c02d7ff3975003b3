export type AlarmState = "ALARM" | "INSUFFICIENT_DATA" | "OK";

/** An alarm came into a state. */
export interface Transition {
  /** In milliseconds since 1970: the end of the minute that brought it about. */
  readonly at: number;
  readonly state: AlarmState;
}
