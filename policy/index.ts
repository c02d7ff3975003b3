import { PolicyPack } from "@pulumi/policy";
import { ExemptionLedger } from "./exemptions/ledger";
import { readExemptionFile } from "./exemptions/readExemptions";
import { packRules } from "./pack";
import { rules } from "./rules";

// Pulumi starts the pack in the pack's directory.
const exemptionFile = process.env["STREAMLAKE_EXEMPTIONS"] ?? "exemptions.json";
const ruleNames = rules.map(({ name }) => name);
const ledger = new ExemptionLedger(readExemptionFile(exemptionFile, ruleNames));

new PolicyPack("streamlake", {
  displayName: "streamlake",
  description: "Encryption, private buckets, TLS and least privilege for Kinesis, Firehose and S3.",
  provider: "aws",
  enforcementLevel: "mandatory",
  policies: [...packRules(ledger)],
});
