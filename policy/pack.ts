import { existsSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { PolicyPack } from "@pulumi/policy";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { Dispatch } from "./dispatch/dispatch";
import { dispatchRequests } from "./dispatch/serving";
import { exempting } from "./exemptions/exempting";
import { type ExemptionList, noExemptions } from "./exemptions/exemption";
import { exemptionsAreValid } from "./exemptions/exemptionsAreValid";
import { ExemptionLedger } from "./exemptions/ledger";
import { readExemptionFiles } from "./exemptions/readExemptions";
import { ResultRecord } from "./results/resultRecord";
import { resultsAreDecided } from "./results/resultsAreDecided";
import type { Rule } from "./rule/rule";
import { withPage } from "./rule/rulePage";
import { rules as allRules } from "./rules";

/** A policy pack that consists of rules of this library. */
export interface PackOptions {
  /** Name of the pack. Default: `streamlake`. */
  readonly name?: string;
  /** What the pack is for. Default: the description of this package. */
  readonly description?: string;
  /** The directory of the pack. */
  readonly directory: string;
  /**
   * The files with exemptions, relative to the directory. Default: `exemptions.json`, if it exists. The
   * environment variable `STREAMLAKE_EXEMPTIONS` names other files, separated as in `PATH`.
   */
  readonly exemptionFiles?: readonly string[];
  /** The rules of the pack, in the order of evaluation. Default: all rules of this package. */
  readonly rules?: readonly Rule[];
}

/**
 * Starts a policy pack: the process serves it to the Pulumi engine, or to `streamlake plan`, until it is
 * stopped. Each rule accepts exemptions; the rules `exemptions-are-valid` and
 * `results-are-decided` are added.
 *
 * @throws Error if two rules have the same name
 */
export function startPack({
  name = "streamlake",
  description = "Encryption, private buckets, TLS and least privilege for Kinesis, Firehose and S3.",
  directory,
  exemptionFiles,
  rules = allRules,
}: PackOptions): void {
  checkNames(rules);
  const names = rules.map((rule) => rule.name);
  const exemptions = readExemptionFiles(filesOf(directory, exemptionFiles), names);
  const dispatch = new Dispatch([...packRules(exemptions, rules)]);
  dispatchRequests(AnalyzerService, dispatch);
  new PolicyPack(name, {
    displayName: name,
    description,
    provider: "aws",
    enforcementLevel: "mandatory",
    policies: dispatch.policies,
  });
}

function filesOf(directory: string, files?: readonly string[]): readonly string[] {
  const given = process.env["STREAMLAKE_EXEMPTIONS"];
  if (given !== undefined)
    return given
      .split(delimiter)
      .filter((file) => file !== "")
      .map((file) => resolve(file));
  const ownFile = join(directory, "exemptions.json");
  if (files === undefined) return existsSync(ownFile) ? [resolve(ownFile)] : [];
  return files.map((file) => resolve(directory, file));
}

/** Every rule of a pack, in the order of evaluation. */
export function packRules(
  exemptions: ExemptionList = noExemptions,
  rules: readonly Rule[] = allRules,
): readonly Rule[] {
  const ledger = new ExemptionLedger(exemptions);
  const record = new ResultRecord(process.env["STREAMLAKE_EVIDENCE"] === "1");
  return [
    ...rules.map((rule) => exempting(rule, ledger, record)),
    withPage(exemptionsAreValid(ledger, rules)),
    withPage(resultsAreDecided(record)),
  ];
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
