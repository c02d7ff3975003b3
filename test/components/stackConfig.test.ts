import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { checkSettings } from "../../components/settings/settings";
import { loadConfig, type StackConfig } from "../../components/stackConfig";

/** Reads `config` as the program does when the CLI passes it. */
async function load(
  config: object,
  { project = "streamlake", stack = "dev", secrets = "[]" } = {},
) {
  const values = Object.entries(config).map(([key, value]) => [
    key,
    typeof value === "object" ? JSON.stringify(value) : String(value),
  ]);
  await pulumi.runtime.setMocks(
    { call: () => ({}), newResource: () => ({ id: undefined, state: {} }) },
    project,
    stack,
  );
  process.env["PULUMI_CONFIG_SECRET_KEYS"] = secrets;
  pulumi.runtime.setAllConfig(Object.fromEntries(values) as Record<string, string>);
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

describe("loadConfig", () => {
  it("returns the component's name and args", async () => {
    const { name, args } = await load({
      "aws:region": "us-east-1",
      "streamlake:name": "user-events",
      "streamlake:protect": false,
      "streamlake:delivery": { bufferSizeMiB: 5 },
    });
    assert.equal(name, "user-events");
    assert.deepEqual(args, { protect: false, delivery: { bufferSizeMiB: 5 } });
  });

  it("reads the same keys in a project of another name, and names them in full", async () => {
    const config = { "shop:name": "other", "streamlake:name": "user-events" };
    const { name, args } = await load(config, { project: "shop" });
    assert.equal(name, "user-events");
    assert.deepEqual(args, {});
    const invalid = { ...config, "streamlake:delivery": { bufferSizeMiB: 500 } };
    await assert.rejects(load(invalid, { project: "shop" }), {
      message: /pulumi config set --path streamlake:delivery\.bufferSizeMiB \d+/,
    });
  });

  it("returns args that the component does not check again", async () => {
    const { name, args } = await load({ "streamlake:name": "user-events" });
    const { settings } = checkSettings(name, args);
    assert.ok(settings);
    assert.equal(checkSettings(name, args).settings, settings);
    // What was checked is used, even if the args are changed afterwards.
    Object.assign(args, { protect: "yes" });
    assert.equal(checkSettings(name, args).settings?.protect, true);
    assert.equal(checkSettings("page-views", args).problems.length, 1);
  });

  it("rejects invalid config with every problem and the command that fixes it", async () => {
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
        "    fix:     pulumi config set --path delivery.bufferIntervalSeconds 300 --stack dev",
        "  delivery.bufferSizeMB is not a setting; did you mean bufferSizeMiB?",
        "    allowed: bufferSizeMiB, bufferIntervalSeconds, compression, fileExtension, prefix, errorPrefix, timeZone, delimiter, recordCompression, cloudWatchLogs, logRetentionDays",
        "    fix:     pulumi config rm --path delivery.bufferSizeMB --stack dev",
        '  existing.streamArn is "user-events-stream"',
        "    allowed: an ARN such as arn:aws:kinesis:us-east-1:123456789012:stream/user-events-stream",
        "    fix:     pulumi config set --path existing.streamArn arn:aws:kinesis:us-east-1:123456789012:stream/user-events-stream --stack dev",
        '  protect is "yes"',
        "    allowed: true or false",
        "    fix:     pulumi config set protect true --stack dev",
        "  strem is not a setting; did you mean stream?",
        "    allowed: stream, bucket, delivery, partitioning, transform, conversion, backup, encryption, roles, alarms, existing, protect, tags",
        "    fix:     pulumi config rm strem --stack dev",
      ].join("\n"),
    });
  });

  it("quotes values that a shell would change", async () => {
    const config = { "streamlake:name": "user-events", "streamlake:delivery": { prefix: "!{x}" } };
    await assert.rejects(
      load(config),
      /set --path delivery.prefix 'raw\/user-events\/!\{timestamp:yyyy\/MM\/dd\}\/' --stack dev$/m,
    );
  });

  it("quotes places that a shell would change", async () => {
    const config = {
      "streamlake:name": "user-events",
      "streamlake:bucket": { tiering: [{ storageClass: "GLACIER", afterDays: -1 }] },
      "streamlake:tags": { "it's": "x" },
    };
    await assert.rejects(load(config), (error: Error) => {
      assert.match(error.message, /set --path 'bucket\.tiering\[0\]\.afterDays' 0 --stack dev$/m);
      assert.match(error.message, /rm --path 'tags\["it'\\''s"\]' --stack dev$/m);
      return true;
    });
  });

  it("rejects a stream or key in another region than the provider's", async () => {
    const { streamArn, keyArn } = (await loadStack("existing")).args.existing ?? {};
    const config = {
      "aws:region": "eu-west-1",
      "streamlake:name": "user-events",
      "streamlake:existing": { streamArn, keyArn, streamKeyArn: keyArn },
    };
    await assert.rejects(load(config), (error: Error) => {
      for (const name of ["streamArn", "keyArn", "streamKeyArn"])
        assert.match(
          error.message,
          new RegExp(`existing.${name} is in region us-east-1, but aws:region is eu-west-1`),
        );
      return true;
    });
  });

  it("reports a missing name", async () => {
    await assert.rejects(
      load({}),
      /name is missing\n.*\n.*pulumi config set name user-events --stack dev/,
    );
  });

  it("throws a RunError, which Pulumi prints without a stack trace", async () => {
    await assert.rejects(load({}), (error) => pulumi.RunError.isInstance(error));
  });

  it("rejects secrets without showing them", async () => {
    const config = { "streamlake:name": "user-events", "streamlake:tags": { token: "hush" } };
    await assert.rejects(load(config, { secrets: '["streamlake:tags"]' }), (error: Error) => {
      assert.match(error.message, /tags is or contains a secret/);
      assert.doesNotMatch(error.message, /hush/);
      return true;
    });
  });

  for (const secrets of ["streamlake:tags", "{}", "[1]"])
    it(`rejects the list of secret keys ${secrets}`, async () => {
      await assert.rejects(load({ "streamlake:name": "user-events" }, { secrets }), {
        message: "PULUMI_CONFIG_SECRET_KEYS is not a JSON list of config keys",
      });
    });

  describe("for stacks of this project", () => {
    it("dev keeps records for 24 hours, writes after 5 MiB or 60 seconds, and protects nothing", async () => {
      const { stream = {}, delivery = {}, protect } = (await loadStack("dev")).args;
      assert.equal(stream.retentionHours, 24);
      assert.equal(delivery.bufferSizeMiB, 5);
      assert.equal(delivery.bufferIntervalSeconds, 60);
      assert.equal(protect, false);
    });

    it("staging has the same buffers as prod", async () => {
      const [staging, prod] = [await loadStack("staging"), await loadStack("prod")];
      for (const hint of ["bufferSizeMiB", "bufferIntervalSeconds"] as const)
        assert.equal(staging.args.delivery?.[hint], prod.args.delivery?.[hint]);
    });

    it("prod keeps records for a week, writes after 64 MiB or 300 seconds, and protects its data", async () => {
      const { stream = {}, delivery = {}, protect } = (await loadStack("prod")).args;
      assert.equal(stream.retentionHours, 168);
      assert.equal(delivery.bufferSizeMiB, 64);
      assert.equal(delivery.bufferIntervalSeconds, 300);
      assert.equal(protect, true);
    });

    it("existing uses an existing stream, bucket, role and key", async () => {
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
