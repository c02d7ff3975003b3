import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { loadConfig, type StackConfig } from "../config";

/** Reads `config` as the program does when the CLI hands it over. */
async function load(config: object, { stack = "dev", secrets = [] as string[] } = {}) {
  const texts = Object.entries(config).map(([key, value]) => [
    key,
    typeof value === "object" ? JSON.stringify(value) : String(value),
  ]);
  await pulumi.runtime.setMocks(
    { call: () => ({}), newResource: () => ({ id: undefined, state: {} }) },
    "streamlake",
    stack,
  );
  process.env["PULUMI_CONFIG_SECRET_KEYS"] = JSON.stringify(secrets);
  pulumi.runtime.setAllConfig(Object.fromEntries(texts) as Record<string, string>);
  try {
    return loadConfig();
  } finally {
    pulumi.runtime.setAllConfig({});
    delete process.env["PULUMI_CONFIG_SECRET_KEYS"];
  }
}

const loadStack = (stack: string): Promise<StackConfig> => {
  const file = parse(readFileSync(`Pulumi.${stack}.yaml`, "utf8")) as { config: object };
  return load(file.config, { stack });
};

describe("stack config", () => {
  it("becomes the component's name and args", async () => {
    const { name, args } = await load({
      "aws:region": "us-east-1",
      "streamlake:name": "user-events",
      "streamlake:protect": false,
      "streamlake:delivery": { bufferSizeMiB: 5 },
    });
    assert.equal(name, "user-events");
    assert.deepEqual(args, { protect: false, delivery: { bufferSizeMiB: 5 } });
  });

  it("is refused with every problem and the command that mends it", async () => {
    const config = {
      "streamlake:name": "user-events",
      "streamlake:protect": "yes",
      "streamlake:delivery": { bufferIntervalSeconds: 1200, bufferSizeMB: 5 },
      "streamlake:existing": { streamArn: "user-events-stream" },
      "streamlake:strem": {},
    };
    await assert.rejects(load(config), {
      message: [
        'Stack "dev" has 5 problems in its config (Pulumi.dev.yaml):',
        "",
        "  delivery.bufferIntervalSeconds is 1200",
        "    allowed: a whole number of seconds from 0 to 900",
        "    fix:     pulumi config set --path delivery.bufferIntervalSeconds 300",
        "  delivery.bufferSizeMB is not a setting; did you mean bufferSizeMiB?",
        "    allowed: bufferSizeMiB, bufferIntervalSeconds, compression, fileExtension, prefix, errorPrefix, timeZone, delimiter, logRetentionDays",
        "    fix:     pulumi config rm --path delivery.bufferSizeMB",
        '  existing.streamArn is "user-events-stream"',
        "    allowed: an ARN such as arn:aws:kinesis:us-east-1:123456789012:stream/user-events-stream",
        "    fix:     pulumi config set --path existing.streamArn <value>",
        '  protect is "yes"',
        "    allowed: true or false",
        "    fix:     pulumi config set --path protect true",
        "  strem is not a setting; did you mean stream?",
        "    allowed: stream, bucket, delivery, encryption, roles, alarms, existing, protect, tags",
        "    fix:     pulumi config rm --path strem",
      ].join("\n"),
    });
  });

  it("quotes what a shell would not take as it is", async () => {
    const config = { "streamlake:name": "user-events", "streamlake:delivery": { prefix: "!{x}" } };
    await assert.rejects(
      load(config),
      /set --path delivery.prefix 'raw\/user-events\/!\{timestamp:yyyy\/MM\/dd\}\/'$/m,
    );
  });

  it("names places as the CLI takes them, whatever stands in them", async () => {
    const config = {
      "streamlake:name": "user-events",
      "streamlake:bucket": { tiering: [{ storageClass: "GLACIER", afterDays: -1 }] },
      "streamlake:tags": { "it's": 7 },
    };
    await assert.rejects(load(config), (error: Error) => {
      assert.match(error.message, /set --path 'bucket\.tiering\[0\]\.afterDays' <value>$/m);
      assert.match(error.message, /rm --path 'tags\["it'\\''s"\]'$/m);
      return true;
    });
  });

  it("refuses a stream or key of another region than the provider's", async () => {
    const { streamArn, keyArn } = (await loadStack("existing")).args.existing ?? {};
    const config = {
      "aws:region": "eu-west-1",
      "streamlake:name": "user-events",
      "streamlake:existing": { streamArn, keyArn },
    };
    await assert.rejects(load(config), (error: Error) => {
      for (const name of ["streamArn", "keyArn"])
        assert.match(
          error.message,
          new RegExp(`existing.${name} is of region us-east-1, but aws:region is eu-west-1`),
        );
      return true;
    });
  });

  it("says that the name is missing", async () => {
    await assert.rejects(load({}), /name is missing\n.*\n.*pulumi config set --path name/);
  });

  it("fails as a user's error, which Pulumi prints without a stack trace", async () => {
    await assert.rejects(load({}), (error) => pulumi.RunError.isInstance(error));
  });

  it("refuses secrets without showing them", async () => {
    const config = { "streamlake:name": "user-events", "streamlake:tags": { token: "hush" } };
    await assert.rejects(load(config, { secrets: ["streamlake:tags"] }), (error: Error) => {
      assert.match(error.message, /tags is a secret/);
      assert.doesNotMatch(error.message, /hush/);
      return true;
    });
  });

  describe("of the stack", () => {
    it("dev keeps a day, writes after 5 MiB or a minute, and protects nothing", async () => {
      const { stream = {}, delivery = {}, protect } = (await loadStack("dev")).args;
      assert.equal(stream.retentionHours, 24);
      assert.equal(delivery.bufferSizeMiB, 5);
      assert.equal(delivery.bufferIntervalSeconds, 60);
      assert.equal(protect, false);
    });

    it("staging has the buffers of prod", async () => {
      const [staging, prod] = [await loadStack("staging"), await loadStack("prod")];
      for (const hint of ["bufferSizeMiB", "bufferIntervalSeconds"] as const)
        assert.equal(staging.args.delivery?.[hint], prod.args.delivery?.[hint]);
    });

    it("prod keeps a week, writes after 64 MiB or five minutes, and protects its data", async () => {
      const { stream = {}, delivery = {}, protect } = (await loadStack("prod")).args;
      assert.equal(stream.retentionHours, 168);
      assert.equal(delivery.bufferSizeMiB, 64);
      assert.equal(delivery.bufferIntervalSeconds, 300);
      assert.equal(protect, true);
    });

    it("existing brings its own stream, bucket, role and key", async () => {
      const { args } = await loadStack("existing");
      assert.deepEqual(Object.keys(args.existing ?? {}).sort(), [
        "bucketArn",
        "keyArn",
        "roleArn",
        "streamArn",
      ]);
    });
  });
});
