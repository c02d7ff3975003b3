import { EnforcementLevel } from "@pulumi/pulumi/proto/analyzer_pb";

const NUMBERS = {
  advisory: EnforcementLevel.ADVISORY,
  mandatory: EnforcementLevel.MANDATORY,
  remediate: EnforcementLevel.REMEDIATE,
  disabled: EnforcementLevel.DISABLED,
} as const;

/** `disabled` policies do not run; `remediate` ones correct the inputs, and are else mandatory. */
export type Level = keyof typeof NUMBERS;

export const LEVELS = Object.keys(NUMBERS) as readonly Level[];

export function decodeLevel(number: EnforcementLevel): Level {
  const level = LEVELS.find((name) => NUMBERS[name] === number);
  if (level === undefined) throw new Error(`The policy pack uses an unknown level, ${number}.`);
  return level;
}

export function encodeLevel(level: Level): EnforcementLevel {
  return NUMBERS[level];
}
