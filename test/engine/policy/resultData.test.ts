import assert from "node:assert/strict";
import fc from "fast-check";
import { PolicyNotApplicable } from "@pulumi/pulumi/proto/analyzer_pb";
import { readResultData, type ResultData } from "../../../engine/policy/resultData";
import { type ResultData as WrittenData, withData } from "../../../policy/results/resultData";

const STACK = "urn:pulumi:dev::lake::pulumi:pulumi:Stack::lake-dev";
const BUCKET = "urn:pulumi:dev::lake::aws:s3/bucket:Bucket::events";

function read(reason: string): ResultData {
  const entry = new PolicyNotApplicable();
  entry.setPolicyName("tls");
  entry.setReason(reason);
  return readResultData(entry, STACK);
}

const nothing: ResultData = { undecided: [], exempted: [], exemptions: [], notices: [] };

describe("readResultData", () => {
  it("reads everything that the pack writes", () => {
    const exemption = {
      ...{ policy: "tls", resource: "events", project: "lake", stack: "dev", reason: "Old." },
      ...{ owner: "me", ticket: "SEC-7", expires: "2026-12-31", file: "exemptions.json" },
      ...{ violations: 2, daysLeft: 7, endsSoon: true },
    };
    const written: WrittenData = {
      undecided: [
        { values: ["policy"], reason: "policy is unknown" },
        { urn: BUCKET, values: ["a", "b"], reason: "a, b are unknown", isExempt: true },
      ],
      exempt: [{ urn: BUCKET, message: "No TLS.", expires: "2026-12-31", reason: "Old." }],
      exemptions: [exemption],
      notices: ["a notice"],
      evaluatedTypes: ["aws:s3/bucket:Bucket"],
    };
    assert.deepEqual(read(withData("undecided: policy is unknown", written)), {
      undecided: [
        { policy: "tls", urn: STACK, reason: "policy is unknown", values: ["policy"] },
        {
          ...{ policy: "tls", urn: BUCKET, reason: "a, b are unknown", values: ["a", "b"] },
          isExempt: true,
        },
      ],
      exempted: [
        { policy: "tls", urn: BUCKET, message: "No TLS.", expires: "2026-12-31", reason: "Old." },
      ],
      exemptions: [exemption],
      notices: ["a notice"],
      evaluatedTypes: ["aws:s3/bucket:Bucket"],
    });
  });

  it("reads the text of a pack that writes no data", () => {
    assert.deepEqual(read("undecided: policy says nothing"), {
      ...nothing,
      undecided: [{ policy: "tls", urn: STACK, reason: "policy says nothing" }],
    });
    assert.deepEqual(read("no bucket policy"), nothing);
  });

  it("ignores data of a version that it does not know, but not the text", () => {
    const reason = 'undecided: policy is unknown\n{"streamlake":2,"undecided":[]}';
    const { undecided } = read(reason);
    assert.deepEqual(
      undecided.map((entry) => entry.reason),
      ["policy is unknown"],
    );
  });

  it("accepts any JSON without an error", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (undecided, exemptions) => {
        const data = { undecided: [undecided], exemptions: [exemptions], exempt: exemptions };
        const { notices } = read(withData("x", data as unknown as WrittenData));
        assert.deepEqual(notices, []);
      }),
    );
    assert.deepEqual(read('x\n{"streamlake":1,'), nothing);
  });
});
