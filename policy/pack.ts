import { existsSync } from "node:fs";
import { join } from "node:path";
import { PolicyPack } from "@pulumi/policy";
import { exempting } from "./exemptions/exempting";
import { type ExemptionList, noExemptions } from "./exemptions/exemption";
import { exemptionsAreValid } from "./exemptions/exemptionsAreValid";
import { ExemptionLedger } from "./exemptions/ledger";
import { readExemptionFile } from "./exemptions/readExemptions";
import type { Rule } from "./rule/rule";
import { rules as allRules } from "./rules";

/** A policy pack that consists of rules of this library. */
export interface PackOptions {
  /** Name of the pack. Default: `streamlake`. */
  readonly name?: string;
  /** What the pack is for. Default: the description of this package. */
  readonly description?: string;
  /**
   * The directory of the pack. Its `exemptions.json`, if there is one, lists the exemptions; the
   * environment variable `STREAMLAKE_EXEMPTIONS` names another file.
   */
  readonly directory: string;
  /** The rules of the pack, in the order of evaluation. Default: all rules of this package. */
  readonly rules?: readonly Rule[];
}

/**
 * Starts a policy pack: the process serves it to the Pulumi engine, or to `streamlake plan`, until it is
 * stopped. Each rule accepts exemptions; the rule `exemptions-are-valid` is added.
 *
 * @throws Error if two rules have the same name
 */
export function startPack({
  name = "streamlake",
  description = "Encryption, private buckets, TLS and least privilege for Kinesis, Firehose and S3.",
  directory,
  rules = allRules,
}: PackOptions): void {
  checkNames(rules);
  const ownFile = join(directory, "exemptions.json");
  const file = process.env["STREAMLAKE_EXEMPTIONS"] ?? (existsSync(ownFile) ? ownFile : undefined);
  const names = rules.map((rule) => rule.name);
  const exemptions = file === undefined ? noExemptions : readExemptionFile(file, names);
  new PolicyPack(name, {
    displayName: name,
    description,
    provider: "aws",
    enforcementLevel: "mandatory",
    policies: [...packRules(exemptions, rules)],
  });
}

/** Every rule of a pack, in the order of evaluation. */
export function packRules(
  exemptions: ExemptionList = noExemptions,
  rules: readonly Rule[] = allRules,
): readonly Rule[] {
  const ledger = new ExemptionLedger(exemptions);
  return [...rules.map((rule) => exempting(rule, ledger)), exemptionsAreValid(ledger, rules)];
}

function checkNames(rules: readonly Rule[]): void {
  const names = rules.map(({ name }) => name);
  const repeated = names.filter((name, index) => names.indexOf(name) < index);
  if (repeated.length > 0) {
    throw new Error(
      `Two rules of the pack have the same name: ${repeated.join(", ")}. Rename one of them.`,
    );
  }
}
