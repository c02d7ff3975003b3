import { PolicyPack } from "@pulumi/policy";
import { rules } from "./rules";

new PolicyPack("streamlake", {
  displayName: "streamlake",
  description: "Encryption, private buckets, TLS and least privilege for Kinesis, Firehose and S3.",
  provider: "aws",
  enforcementLevel: "mandatory",
  policies: rules,
});
