import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { inShell, pulumiConfig, type StackConfigFile } from "../components/support/pulumiCli";
import { inProject } from "./support/inProject";
import { PulumiProject } from "./support/pulumiProject";

const STACK = "dev";
const valid: StackConfigFile = { "aws:region": "us-east-1", "streamlake:name": "user-events" };

/** Settings with problems whose fixes have numbers, booleans, indices, quotes and names that need them. */
const invalid: Readonly<Record<string, StackConfigFile>> = {
  "numbers and booleans": {
    "streamlake:stream": { retentionHours: 9000, shardCount: "many" },
    "streamlake:bucket": { versioning: "perhaps", forceDestroy: 1 },
    "streamlake:delivery": { bufferIntervalSeconds: 1200, bufferSizeMiB: -1 },
  },
  "strings that a shell would change": {
    "streamlake:delivery": { prefix: "!{x}", errorPrefix: "errors/", timeZone: "Mars/Olympus" },
  },
  "names and indices that need quotes": {
    "streamlake:bucket": { tiering: [{ storageClass: "GLACIER", afterDays: -1 }] },
    "streamlake:tags": { "it's": "x\u0000", "a.b": "tab\there", 'say "hi"': "a?b", team: 7 },
  },
  "names that are not settings": {
    "streamlake:strem": { retentionHours: 24 },
    "streamlake:delivery": { bufferSizeMB: 5, "buffer.interval": 60 },
  },
};

/** Commands as people type them, for which the model of the CLI in the tests must be right. */
const typed: readonly string[] = [
  "set --path delivery.bufferIntervalSeconds 120",
  "set --path delivery.bufferSizeMiB 007",
  "set --path alarms.iteratorAge.threshold 0.95",
  "set --path 'bucket.tiering[0].afterDays' 30",
  "set --path 'bucket.tiering[0].storageClass' GLACIER",
  "set --path 'tags[\"cost.center\"]' 12345",
  'set --path \'tags["say \\"hi\\""]\' yes',
  "set --path --type string tags.code 42",
  "set --path --type string tags.plus +5",
  "set --path --plaintext tags.tokenOfThanks correcthorsebatterystaple",
  "set --path protectAll.on true",
  "set --path tags.signed +5",
  "set --path tags.large 18446744073709551615",
  "set --path tags.larger 18446744073709551616",
  "set --path tags.float 1e3",
  "set --path tags.negative -- -5",
  "set protect false",
  "set shop:count 5",
  "set --path tags.gone x",
  "rm --path tags.gone",
  "rm --path 'bucket.tiering[0].afterDays'",
  "rm shop:count",
];

describe("commands that change a stack's config, with the Pulumi CLI", () => {
  const project = inProject(async (port) => {
    const created = PulumiProject.ofRepository(port);
    created.write(`Pulumi.${STACK}.yaml`, stringify({ config: valid }));
    await created.succeed("stack", "init", STACK);
    return created;
  });

  const file = () => join(project().directory, `Pulumi.${STACK}.yaml`);
  const writeConfig = (config: StackConfigFile, format: (file: object) => string = stringify) => {
    const salt = existingSalt();
    project().write(`Pulumi.${STACK}.yaml`, format({ ...salt, config }));
  };
  const readConfig = (): StackConfigFile =>
    (parse(readFileSync(file(), "utf8"), { intAsBigInt: true }) as { config: StackConfigFile })
      .config;

  /** What makes the CLI accept the passphrase. */
  function existingSalt(): object {
    const { encryptionsalt } = parse(readFileSync(file(), "utf8")) as { encryptionsalt?: string };
    return encryptionsalt === undefined ? {} : { encryptionsalt };
  }

  for (const [what, config] of Object.entries(invalid))
    it(`makes a stack valid with the printed fixes, for ${what}`, async () => {
      writeConfig({ ...valid, ...config });
      const rejected = await project().pulumi("preview", "--stack", STACK);
      const fixes = fixesIn(rejected.stdout + rejected.stderr);
      assert.notEqual(rejected.exitCode, 0);
      assert.ok(fixes.length > 0, rejected.stdout);
      await project().paste(fixes);
      assert.deepEqual(
        normalized(readConfig()),
        normalized(modeled(fixes, { ...valid, ...config })),
      );
      await project().succeed("preview", "--stack", STACK);
    });

  it("makes a stack valid whose values are in quotes, which the CLI keeps", async () => {
    const quoted = {
      "streamlake:stream": { shardCount: "many" },
      "streamlake:bucket": { versioning: "perhaps" },
    };
    writeConfig({ ...valid, ...quoted }, JSON.stringify);
    const { stdout, stderr } = await project().pulumi("preview", "--stack", STACK);
    await project().paste(fixesIn(stdout + stderr));
    assert.deepEqual(readConfig()["streamlake:stream"], { shardCount: "1" });
    await project().succeed("preview", "--stack", STACK);
  });

  it("changes the file as the model in the tests does", async () => {
    const differences: string[] = [];
    writeConfig(valid);
    let model = valid;
    for (const words of typed) {
      const command = `pulumi config ${words.includes(" -- ") ? words.replace(" -- ", ` --stack ${STACK} -- `) : `${words} --stack ${STACK}`}`;
      await project().paste([command]);
      model = modeled([command], model);
      const [real, expected] = [normalized(readConfig()), normalized(model)];
      if (real !== expected) differences.push(`${command}\n  CLI   ${real}\n  model ${expected}`);
    }
    assert.deepEqual(differences, []);
  });
});

function fixesIn(printed: string): string[] {
  return [...printed.matchAll(/^\s*fix: +(pulumi config .*?)\s*$/gm)].map(([, fix = ""]) => fix);
}

function modeled(commands: readonly string[], config: StackConfigFile): StackConfigFile {
  return inShell(commands).reduce(
    (file, words) => pulumiConfig(words, file, { project: "streamlake", stack: STACK }),
    config,
  );
}

/** The CLI writes the keys of a file in their order. */
function normalized(config: StackConfigFile): string {
  return JSON.stringify(config, (_key, value: unknown) =>
    typeof value === "bigint"
      ? Number(value)
      : typeof value === "object" && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
        : value,
  );
}
