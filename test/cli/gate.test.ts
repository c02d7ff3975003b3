import assert from "node:assert/strict";
import { join } from "node:path";
import pc from "picocolors";
import { gate, type GateOptions } from "../../cli/gate/gateAction";
import { withFilesAsync } from "../engine/support/fixtures";

const DELIVERY =
  "urn:pulumi:prod::lake::streamlake:index:DeliveryPipeline$aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream::clicks";
const STREAM = "urn:pulumi:prod::lake::aws:kinesis/stream:Stream::clicks";

const unchanged = { op: "same", urn: "urn:pulumi:prod::lake::pulumi:pulumi:Stack::lake-prod" };
const replaced = {
  op: "replace",
  urn: DELIVERY,
  detailedDiff: { "kinesisSourceConfiguration.roleArn": { kind: "update-replace" } },
};
const type = "aws:kinesis/stream:Stream";
const lowered = {
  op: "update",
  urn: STREAM,
  oldState: { type, protect: true, inputs: { retentionPeriod: 168 } },
  newState: { type, inputs: { retentionPeriod: 24 } },
};

/** Runs the action on a preview with these steps, and captures its output. */
async function gated(preview: object, options: GateOptions = {}) {
  let stdout = "";
  const exitCode = await withFilesAsync({ "p.json": JSON.stringify(preview) }, (directory) =>
    gate(join(directory, "p.json"), options, {
      stdout: { write: (text) => (stdout += text) },
      stderr: { write: () => true },
      colors: pc.createColors(false),
    }),
  );
  return { stdout, exitCode };
}

describe("streamlake gate", () => {
  it("passes a preview that loses nothing", async () => {
    const { stdout, exitCode } = await gated({ steps: [unchanged] });
    assert.equal(
      stdout,
      "lake/prod, p.json: steps for 1 resource\n\nPassed: nothing would be lost.\n",
    );
    assert.equal(exitCode, 0);
  });

  it("prints what would be lost, why, what to do instead, and how to allow it", async () => {
    const { stdout, exitCode } = await gated({ steps: [unchanged, replaced, lowered] });
    const [command = ""] = /npx streamlake gate .*/s.exec(stdout) ?? [];
    assert.equal(
      stdout.replace(command, ""),
      `lake/prod, p.json: steps for 3 resources

clicks  aws:kinesis:FirehoseDeliveryStream
  is replaced
    Why      AWS cannot update kinesisSourceConfiguration.roleArn.
    Lost     Its position in the stream: the new one starts with the latest
             record, so records that arrive in between are not delivered.
             Records in its buffers may be lost.
    Instead  Add a second delivery stream that writes to the same place, and
             wait until it has delivered an object. Then allow this change, and
             remove the second one once the new one delivers. Records of the
             overlap are delivered twice.

clicks  aws:kinesis:Stream
  loses the option protect
    Lost     Nothing yet. The next update can delete or replace it.
    Instead  Keep protect: true. Remove it only together with a reviewed
             deletion.
  lowers its retention period from 168 hours to 24 hours
    Lost     Records that are older, at once and for good, also those that
             Firehose has not delivered yet.
    Instead  Keep the retention period, or lower it when everything older has
             been read or copied.

Failed: 3 changes would lose data or safeguards.
To allow what is listed, after a review:
  `,
    );
    assert.ok(command.includes(`--allow '${DELIVERY}' \\\n    --allow ${STREAM}\n`), command);
    assert.equal(exitCode, 1);
  });

  it("records why a loss is allowed", async () => {
    const options = { allow: [DELIVERY, "urn:other"], reason: "Blue and green, OPS-12" };
    const { stdout, exitCode } = await gated({ steps: [replaced] }, options);
    assert.match(stdout, /Allowed {2}Blue and green, OPS-12/);
    assert.match(stdout, /--allow urn:other is not needed/);
    assert.match(stdout, /Passed: nothing would be lost without approval; 1 loss allowed\./);
    assert.equal(exitCode, 0);
  });

  it("never passes a preview with an error, whatever is allowed", async () => {
    const diagnostics = [{ severity: "error", urn: STREAM, message: "is protected" }];
    const options = { allow: [DELIVERY], reason: "yes" };
    const { stdout, exitCode } = await gated({ steps: [replaced], diagnostics }, options);
    assert.match(stdout, /Error of clicks {2}aws:kinesis:Stream\n {2}is protected/);
    assert.match(stdout, /Failed: the preview reports 1 error\.\nAfter an error, the preview may/);
    assert.equal(exitCode, 1);
  });

  it("reports an error of a preview that names no stack", async () => {
    const { stdout } = await gated({ diagnostics: [{ severity: "error", message: "no stack" }] });
    assert.match(stdout, /^p\.json: steps for 0 resources\n\nError\n {2}no stack\n/);
  });

  it("prints one JSON document", async () => {
    const options = { json: true, allow: [STREAM], reason: "short test data" };
    const { stdout } = await gated({ steps: [replaced, lowered] }, options);
    const document = JSON.parse(stdout) as Record<string, readonly Record<string, unknown>[]>;
    assert.equal(document["passes"], false);
    assert.deepEqual(
      document["findings"]?.map(({ kind }) => kind),
      ["replacement"],
    );
    assert.deepEqual(
      document["allowed"]?.map(({ kind, allowedBecause }) => [kind, allowedBecause]),
      [
        ["protection", "short test data"],
        ["retention", "short test data"],
      ],
    );
  });

  it("demands a reason for an approval, and an approval for a reason", async () => {
    await assert.rejects(gated({ steps: [replaced] }, { allow: [DELIVERY], reason: " " }), {
      message: /^--allow needs the reason that the output records\. Add --reason/,
    });
    await assert.rejects(gated({ steps: [replaced] }, { reason: "because" }), {
      message: /^--reason belongs to --allow URN\./,
    });
  });

  it("reports a file that is missing", async () => {
    const output = { stdout: { write: () => true }, stderr: { write: () => true } };
    await assert.rejects(gate("missing.json", {}, { ...output, colors: pc.createColors(false) }), {
      message: /^Cannot read the preview: /,
    });
  });
});
