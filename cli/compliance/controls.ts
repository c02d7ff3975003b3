import { readFileSync } from "node:fs";
import { packagePath } from "../packagePath";
import type { Framework } from "./framework";

/** What `securityHub.json` contains: which rules implement which controls, and what AWS relates them to. */
export interface ComplianceData {
  /** The pages of AWS that the lists are from. */
  readonly sources: readonly string[];
  /** The day of the lists of requirements: `2026-09-23`. */
  readonly listsOf: string;
  /** The day on which they were last compared with the pages. */
  readonly checked: string;
  readonly frameworks: Readonly<Record<Framework, { title: string; version: string }>>;
  /** By the id of the control in AWS Security Hub: `S3.17`. */
  readonly controls: Readonly<Record<string, Control>>;
}

/** A control of AWS Security Hub: one that rules implement, or one that no rule does. */
export type Control = CoveredControl | UncoveredControl;

interface ControlFacts {
  readonly title: string;
  /** The ids of the requirements that AWS relates to the control; for `fsbp`, the control itself. */
  readonly requirements: Partial<Readonly<Record<Framework, readonly string[]>>>;
}

export interface CoveredControl extends ControlFacts {
  /** The control holds only if all of them pass. */
  readonly rules: readonly string[];
  /** The condition of the rules is that of the control only with these settings. */
  readonly when?: readonly SettingCondition[];
  /** The rules evaluate only a part of what the control does. */
  readonly partly?: boolean;
  /** The control is about the account: without a resource in the stack, it is not checked. */
  readonly account?: boolean;
  /** Other differences between the control and the rules, in sentences. */
  readonly limits?: readonly string[];
}

interface UncoveredControl extends ControlFacts {
  /** Why no rule implements it. */
  readonly notCovered: string;
}

/** A setting of a rule, and which values of it the control needs. */
export interface SettingCondition {
  readonly rule: string;
  /** Names separated by dots: `retentionDays.min`. */
  readonly setting: string;
  /** The smallest number. */
  readonly atLeast?: number;
  /** The string that a list must not contain. */
  readonly without?: string;
}

export function complianceData(): ComplianceData {
  const text = readFileSync(packagePath("compliance/securityHub.json"), "utf8");
  return JSON.parse(text) as ComplianceData;
}

/** The page of AWS about a control. */
export function controlPage(id: string): string {
  const [service = "", number = ""] = id.toLowerCase().split(".");
  return `https://docs.aws.amazon.com/securityhub/latest/userguide/${service}-controls.html#${service}-${number}`;
}

/** Why the settings of a rule are too loose for a control; undefined if they are not. */
export function unmetCondition(
  condition: SettingCondition,
  settings: Readonly<Record<string, unknown>>,
): string | undefined {
  const { rule, setting, atLeast, without } = condition;
  const value = setting
    .split(".")
    .reduce<unknown>(
      (holder, name) =>
        typeof holder === "object" && holder !== null
          ? (holder as Readonly<Record<string, unknown>>)[name]
          : undefined,
      settings,
    );
  if (atLeast !== undefined && !(typeof value === "number" && value >= atLeast))
    return `${setting} of ${rule} is ${shown(value)}: the control needs ${atLeast} or more`;
  if (without !== undefined && !(Array.isArray(value) && !value.includes(without)))
    return `${setting} of ${rule} is ${shown(value)}: the control does not allow ${without}`;
  return undefined;
}

function shown(value: unknown): string {
  return value === undefined ? "unknown" : JSON.stringify(value);
}
