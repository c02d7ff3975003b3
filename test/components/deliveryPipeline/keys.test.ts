import assert from "node:assert/strict";
import type { DeliveryPipelineArgs } from "../../../components/index";
import { component, existing, firehose, pipeline } from "../support/recordedPipeline";

const { streamArn, bucketArn, keyArn } = existing;
const streamKeyArn = keyArn.replace("1234abcd", "aaaaaaaa");
const bucketKeyArn = keyArn.replace("1234abcd", "bbbbbbbb");
const own = "arn:aws:kms:eu-central-1:123456789012:key/events";

/** The key of each use in a pipeline; undefined where it uses none. */
async function keysOf(args: DeliveryPipelineArgs) {
  const all = await pipeline(args);
  const inputsOf = (type: string) =>
    all.resources.find((resource) => resource.type === type)?.inputs;
  const outputs = all.outputs(component) as Readonly<Record<string, string>>;
  const keyOf = (output: string, sid: string) => {
    const { Statement } = JSON.parse(outputs[output] ?? "") as {
      Statement: readonly { Sid: string; Resource: string }[];
    };
    return Statement.find(({ Sid }) => Sid === sid)?.Resource;
  };
  const sidsOf = (output: string) =>
    outputs[output] === ""
      ? []
      : (
          JSON.parse(outputs[output] ?? "") as { Statement: readonly { Sid: string }[] }
        ).Statement.map(({ Sid }) => Sid);
  const destination = all.one(firehose).inputs["extendedS3Configuration"];
  return {
    isNew: inputsOf("aws:kms/key:Key") !== undefined,
    stream: inputsOf("aws:kinesis/stream:Stream")?.["kmsKeyId"],
    source: keyOf("requiredPolicy", "DecryptStream"),
    producer: keyOf("producerPolicy", "EncryptStream"),
    objects: (destination as Readonly<Record<string, unknown>>)["kmsKeyArn"],
    delivery: keyOf("requiredPolicy", "EncryptObjects"),
    reader: keyOf("readerPolicy", "DecryptObjects"),
    log: inputsOf("aws:cloudwatch/logGroup:LogGroup")?.["kmsKeyId"],
    output: outputs["keyArn"],
    required: {
      key: sidsOf("requiredKeyPolicy"),
      streamKey: sidsOf("requiredStreamKeyPolicy"),
      bucketKey: sidsOf("requiredBucketKeyPolicy"),
    },
  };
}

/** The uses of a pipeline whose stream and bucket have these keys. */
const uses = (stream: string | undefined, bucket: string | undefined) => ({
  ...{ source: stream, producer: stream },
  ...{ objects: bucket, delivery: bucket, reader: bucket, output: bucket ?? "" },
});
const required = (
  key: readonly string[],
  streamKey: readonly string[],
  bucketKey: readonly string[],
) => ({ required: { key, streamKey, bucketKey } });

describe("the keys of DeliveryPipeline", () => {
  it("are one new key by default", async () => {
    assert.deepEqual(await keysOf({}), {
      ...{ isNew: true, stream: own, log: undefined },
      ...uses(own, own),
      ...required([], [], []),
    });
  });

  it("are one existing key with existing.keyArn", async () => {
    assert.deepEqual(await keysOf({ existing: { streamArn, bucketArn, keyArn } }), {
      ...{ isNew: false, stream: undefined, log: undefined },
      ...uses(keyArn, keyArn),
      ...required(["DecryptStream", "EncryptObjects"], [], []),
    });
  });

  it("are two with one for the stream and another for the bucket", async () => {
    const keys = { streamKeyArn, bucketKeyArn };
    const ofKeys = {
      ...{ isNew: false, log: undefined, ...uses(streamKeyArn, bucketKeyArn) },
      ...required([], ["DecryptStream"], ["EncryptObjects"]),
    };
    assert.deepEqual(await keysOf({ existing: { streamArn, bucketArn, ...keys } }), {
      ...{ ...ofKeys, stream: undefined },
    });
    assert.deepEqual(await keysOf({ existing: keys }), { ...ofKeys, stream: streamKeyArn });
  });

  it("are existing.keyArn, where stream or bucket has no other one", async () => {
    assert.deepEqual(await keysOf({ existing: { streamArn, keyArn, streamKeyArn } }), {
      ...{ isNew: false, stream: undefined, log: undefined },
      ...uses(streamKeyArn, keyArn),
      ...required(["EncryptObjects"], ["DecryptStream"], []),
    });
    assert.deepEqual(await keysOf({ existing: { bucketArn, keyArn, bucketKeyArn } }), {
      ...{ isNew: false, stream: keyArn, log: undefined },
      ...uses(keyArn, bucketKeyArn),
      ...required(["DecryptStream"], [], ["EncryptObjects"]),
    });
  });

  it("are an existing one of the stream and a new one of a new bucket", async () => {
    assert.deepEqual(await keysOf({ existing: { streamArn, streamKeyArn } }), {
      ...{ isNew: true, stream: undefined, log: undefined },
      ...uses(streamKeyArn, own),
      ...required([], ["DecryptStream"], []),
    });
  });

  it("are an existing one of the bucket and a new one of a new stream", async () => {
    assert.deepEqual(await keysOf({ existing: { bucketArn, bucketKeyArn } }), {
      ...{ isNew: true, stream: own, log: undefined },
      ...uses(own, bucketKeyArn),
      ...required([], [], ["EncryptObjects"]),
    });
  });

  it("are that of the stream alone if the bucket's own encryption applies", async () => {
    assert.deepEqual(await keysOf({ existing: { streamArn, bucketArn, streamKeyArn } }), {
      ...{ isNew: false, stream: undefined, log: undefined },
      ...uses(streamKeyArn, undefined),
      ...required([], ["DecryptStream"], []),
    });
  });

  it("can be AWS-managed for the bucket, and customer-managed for the stream", async () => {
    const encryption = { mode: "aws-managed" } as const;
    assert.deepEqual(await keysOf({ encryption, existing: { streamKeyArn } }), {
      ...{ isNew: false, stream: streamKeyArn, log: undefined },
      ...uses(streamKeyArn, undefined),
      ...required([], ["DecryptStream"], []),
    });
  });

  it("encrypt the error log with that of the bucket", async () => {
    const encryption = { errorLog: true };
    const { log, required } = await keysOf({
      encryption,
      existing: { streamKeyArn, bucketKeyArn },
    });
    assert.equal(log, bucketKeyArn);
    assert.deepEqual(required.streamKey, ["DecryptStream"]);
    assert.deepEqual(required.bucketKey, [
      ...["EncryptObjects", "EncryptLogEvents", "CloudWatchLogsUsesKey"],
    ]);
    const ofStreamOnly = await keysOf({ encryption, existing: { streamArn, streamKeyArn } });
    assert.equal(ofStreamOnly.log, own);
  });

  it("exist before the delivery stream uses them", async () => {
    const all = await pipeline({ existing: { bucketArn, bucketKeyArn } });
    const { dependencies } = all.one(firehose);
    assert.ok(dependencies.some((urn) => urn.includes("aws:kms/keyPolicy:KeyPolicy")));
  });
});
