import fc from "fast-check";
import type { PolicyFacts } from "../../../engine/policy/policyFacts";
import type { PackReport } from "../../../engine/policy/policyReport";
import type { Exemption } from "../../../engine/policy/resultData";
import { policyNamed } from "./planGraph";

export const STREAM = "urn:pulumi:dev::shop::acme:index:Lake$aws:kinesis/stream:Stream::events";
export const BUCKET = "urn:pulumi:dev::shop::acme:index:Lake$aws:s3/bucket:Bucket::events";
/** An exemption in effect, and the text about it. */
export const exemption = (more: Partial<Exemption> = {}): Exemption => ({
  ...{ policy: "tls", resource: "old", reason: "legacy", owner: "me", expires: "2026-12-31" },
  ...{ file: "exemptions.json", violations: 2, daysLeft: 38, endsSoon: false },
  ...more,
});
export const EXEMPTION =
  'tls for "old": 2 violations suppressed, until 2026-12-31 (me, exemptions.json): legacy';

/** Rules and findings of every kind that reports distinguish. */
export const report: PackReport = {
  pack: { name: "strict", version: "1.2.3" },
  policies: [
    policyNamed("retention", {
      title: "Streams keep records",
      description: "Streams keep records.",
      severity: "high",
      remediationSteps: "Set retentionPeriod.",
      url: "https://docs.aws.amazon.com/streams/",
      framework: {
        name: "House Rules",
        version: "1.0",
        reference: "HR.1",
        specification: "Streams should keep records.",
      },
      tags: ["house:HR.1", "house:HR.1"],
    }),
    policyNamed("owner", { level: "advisory", url: "ask Joe" }),
    policyNamed("off", { level: "disabled", severity: "critical" }),
    policyNamed("exemptions-are-valid", { severity: "medium" }),
  ],
  violations: [
    {
      policy: "retention",
      level: "mandatory",
      severity: "high",
      urn: STREAM,
      message: "Streams keep records.\n24 is less than 48 hours.",
    },
    { policy: "owner", level: "advisory", severity: "low", urn: BUCKET, message: "Who | what?" },
    {
      policy: "owner",
      level: "advisory",
      severity: "medium",
      urn: STREAM,
      message: "Who?\nAsk @joe about <b>#12</b>.",
    },
    { policy: "owner", level: "advisory", severity: "medium", urn: STREAM, message: "Since when?" },
  ],
  undecided: [
    { policy: "tls", urn: BUCKET, reason: "policy is unknown until deployment" },
    { policy: "public", urn: BUCKET, reason: "policy is unknown until deployment" },
  ],
  exemptions: [exemption()],
  exempted: [
    {
      ...{ policy: "tls", urn: BUCKET, message: "No TLS.", expires: "2026-12-31" },
      reason: "legacy",
    },
  ],
  remediations: [],
};

const text = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.constantFrom("", "| a | b |", "<script>", "](x)", "```", "@team", "#1", "\n\n# x", "{0}", "%"),
);
const level = fc.constantFrom("advisory", "mandatory", "remediate", "disabled");
const severity = fc.constantFrom("critical", "high", "medium", "low", "unspecified");
const urn = fc.oneof(fc.constantFrom(STREAM, BUCKET), text);
const policyName = fc.constantFrom("retention", "owner", "exemptions-are-valid", "tls", "");

const facts: fc.Arbitrary<PolicyFacts> = fc.record({
  ...{ name: policyName, title: text, description: text, level, severity },
  ...{ remediationSteps: text, tags: fc.array(text) },
  url: fc.oneof(text, fc.webUrl({ withQueryParameters: true, withFragments: true })),
});

/** Reports of packs with any strings. */
export const anyReport: fc.Arbitrary<PackReport> = fc.record({
  pack: fc.record({ name: text, version: text }),
  policies: fc.uniqueArray(facts, { selector: ({ name }) => name, maxLength: 5 }),
  violations: fc.array(fc.record({ policy: policyName, level, severity, urn, message: text })),
  undecided: fc.array(fc.record({ policy: policyName, urn, reason: text })),
  exemptions: fc.array(
    fc.record({
      ...{ policy: policyName, resource: text, reason: text, owner: text, expires: text },
      ...{ file: text, violations: fc.nat(), daysLeft: fc.nat(), endsSoon: fc.boolean() },
    }),
  ),
  exempted: fc.array(
    fc.record({ policy: policyName, urn, message: text, expires: text, reason: text }),
  ),
  remediations: fc.constant([]),
});
