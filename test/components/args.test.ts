import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import {
  Compression,
  type DeliveryPipelineArgs,
  EncryptionMode,
  LogRetentionDays,
  ShardLevelMetric,
  StorageClass,
  type TieringStep,
} from "../../components/index";
import { problemStrings } from "./settings/support/problemStrings";

describe("DeliveryPipelineArgs", () => {
  it("accepts literals for enumerated settings, alone and as inputs", () => {
    const compression: pulumi.Input<Compression> = "GZIP";
    const metrics: pulumi.Input<pulumi.Input<ShardLevelMetric>[]> = ["IncomingBytes"];
    const tiering: TieringStep[] = [{ storageClass: "GLACIER_IR", afterDays: 90 }];
    const args: DeliveryPipelineArgs[] = [
      { stream: { shardLevelMetrics: ["IncomingBytes", "OutgoingBytes"] } },
      { stream: { shardLevelMetrics: metrics } },
      { bucket: { tiering } },
      { bucket: { tiering: [{ storageClass: "STANDARD_IA", afterDays: 30 }] } },
      { delivery: { compression, delimiter: "none", logRetentionDays: 30 } },
      { delivery: { compression: Promise.resolve("ZIP"), logRetentionDays: Promise.resolve(7) } },
      { delivery: { compression: pulumi.output<Compression>("Snappy") } },
      { encryption: { mode: "aws-managed" } },
    ];
    for (const each of args) assert.deepEqual(problemStrings(each), []);
  });

  it("accepts the constants of enumerated settings", () => {
    const args: DeliveryPipelineArgs = {
      stream: { shardLevelMetrics: [ShardLevelMetric.IteratorAgeMilliseconds] },
      bucket: { tiering: [{ storageClass: StorageClass.GLACIER, afterDays: 90 }] },
      delivery: { compression: Compression.ZIP, logRetentionDays: LogRetentionDays.Days30 },
      encryption: { mode: EncryptionMode.CustomerManaged },
    };
    assert.deepEqual(problemStrings(args), []);
    assert.equal(EncryptionMode.CustomerManaged, "customer-managed");
  });

  it("does not compile with a typo in an enumerated setting", () => {
    const args: DeliveryPipelineArgs[] = [
      // @ts-expect-error The name has a typo.
      { stream: { shardLevelMetrics: ["IncommingBytes"] } },
      // @ts-expect-error Not a storage class to move to.
      { bucket: { tiering: [{ storageClass: "STANDARD", afterDays: 30 }] } },
      // @ts-expect-error The wrong case.
      { delivery: { compression: "gzip" } },
      // @ts-expect-error Not a delimiter of Firehose.
      { delivery: { delimiter: "comma" } },
      // @ts-expect-error Not a retention period of CloudWatch Logs.
      { delivery: { logRetentionDays: 100 } },
      // @ts-expect-error The name has a typo.
      { encryption: { mode: "aws-manged" } },
    ];
    for (const each of args) assert.equal(problemStrings(each).length, 1);
  });

  it("does not compile with a setting that does not exist", () => {
    // @ts-expect-error The name has a typo.
    const args: DeliveryPipelineArgs = { delivery: { compresion: "GZIP" } };
    assert.equal(problemStrings(args).length, 1);
  });
});
