import assert from "node:assert/strict";
import { missingDataTreatments } from "../../../../aws/cloudwatch/alarms/alarm";
import type { AlarmState } from "../../../../aws/cloudwatch/alarms/alarmRule";
import type { DataPoint } from "../../../../aws/cloudwatch/alarms/dataPoints";
import { nextAlarmState } from "../../../../aws/cloudwatch/alarms/nextAlarmState";

const points = (text: string): readonly DataPoint[] =>
  text.split(" ").map((sign) => (sign === "X" ? "breaching" : sign === "0" ? "within" : "missing"));

/** The states by treatment of missing data, in the order of `missingDataTreatments`. */
function states(text: string, datapointsToAlarm: number, current: AlarmState) {
  return missingDataTreatments.map((missingData) =>
    nextAlarmState(points(text), { evaluationPeriods: 3, datapointsToAlarm, missingData }, current),
  );
}

type Row = readonly [
  points: string,
  breaching: string,
  ignore: string,
  missing: string,
  not: string,
];

/** Checks a row for an alarm in each state; "=" means an unchanged state. */
function check([text, ...expected]: Row, datapointsToAlarm: number): void {
  for (const current of ["OK", "ALARM", "INSUFFICIENT_DATA"] as const)
    assert.deepEqual(
      states(text, datapointsToAlarm, current),
      expected.map((state) => (state === "=" ? current : state)),
      `${text} after ${current}`,
    );
}

// Both tables: CloudWatch User Guide, "Configuring how CloudWatch alarms treat missing data".
describe("nextAlarmState", () => {
  const rowsOfThree: readonly Row[] = [
    ["0 - X - X", "OK", "OK", "OK", "OK"],
    ["0 - - - -", "OK", "OK", "OK", "OK"],
    ["- - - - -", "ALARM", "=", "INSUFFICIENT_DATA", "OK"],
    ["0 X X - X", "ALARM", "ALARM", "ALARM", "ALARM"],
    ["- - X - -", "ALARM", "=", "ALARM", "OK"],
    ["- - - - X", "ALARM", "=", "INSUFFICIENT_DATA", "OK"],
    ["- - - X -", "ALARM", "=", "INSUFFICIENT_DATA", "OK"],
    ["- - - X 0", "OK", "OK", "OK", "OK"],
  ];
  for (const row of rowsOfThree)
    it(`matches CloudWatch's table for ${row[0]} if 3 of 3 must breach`, () => {
      check(row, 3);
    });

  const rowsOfTwo: readonly Row[] = [
    ["0 - X - X", "ALARM", "ALARM", "ALARM", "ALARM"],
    ["0 0 X 0 X", "ALARM", "ALARM", "ALARM", "ALARM"],
    ["0 - X - -", "ALARM", "OK", "OK", "OK"],
    ["- - - - 0", "ALARM", "OK", "OK", "OK"],
    ["- - - X -", "ALARM", "=", "ALARM", "OK"],
    ["- - - - X", "ALARM", "=", "INSUFFICIENT_DATA", "OK"],
  ];
  for (const row of rowsOfTwo)
    it(`matches CloudWatch's table for ${row[0]} if 2 of 3 must breach`, () => {
      check(row, 2);
    });

  it("uses the newest periods when all have data", () => {
    check(["X X 0 0 0", "OK", "OK", "OK", "OK"], 1);
    check(["0 0 0 0 X", "ALARM", "ALARM", "ALARM", "ALARM"], 1);
  });
});
