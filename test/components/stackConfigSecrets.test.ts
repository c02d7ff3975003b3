import assert from "node:assert/strict";
import { loadStack, mockStack } from "./support/loadedStack";

const stack = (...config: string[]) =>
  ["config:", "  streamlake:name: user-events", ...config.map((line) => `  ${line}`)].join("\n");
const secret = '{ secure: "v1:hush" }';
const plainOnly =
  "    allowed: plain values only: everyone who can see the pipeline in AWS can read its settings";

/** The error of a stack file, without its first two lines. */
function problemsOf(yaml: string, project?: string): string[] {
  try {
    loadStack(yaml, project);
  } catch (error) {
    return (error as Error).message.split("\n").slice(2);
  }
  return [];
}

describe("loadConfig with secrets", () => {
  before(() => mockStack("streamlake", "dev"));

  it("names the secret in a group, whose other settings are kept and checked", () => {
    const yaml = stack(
      "streamlake:tags:",
      `  token: ${secret}`,
      "  team: a#b",
      "streamlake:stream: { retentionHours: 12 }",
    );
    assert.deepEqual(problemsOf(yaml), [
      "  tags.token is a secret",
      plainOnly,
      "    fix:     pulumi config rm --path tags.token --stack dev",
      "  stream.retentionHours is 12",
      "    allowed: a whole number of hours from 24 to 8760",
      "    fix:     pulumi config set --path stream.retentionHours 168 --stack dev",
      '  tags.team is "a#b"',
      "    allowed: at most 50 tags; keys of 1 to 128 and values of up to 256 letters, digits, spaces and `_.:/=+-@`, neither starting with aws:",
      "    fix:     pulumi config set --path tags.team a-b --stack dev",
    ]);
  });

  it("names secrets at any depth, also where a group is merged", () => {
    const yaml = `x: &x { token: ${secret} }\n${stack(
      "streamlake:tags: { <<: *x }",
      `streamlake:bucket: { tiering: [{ storageClass: GLACIER, afterDays: ${secret} }] }`,
      `streamlake:alarms: { actionArns: [${secret}], iteratorAge: { threshold: ${secret} } }`,
    )}`;
    const problems = problemsOf(yaml);
    const places = problems.filter((line) => line.endsWith(" is a secret"));
    assert.deepEqual(places.sort(), [
      "  alarms.actionArns[0] is a secret",
      "  alarms.iteratorAge.threshold is a secret",
      "  bucket.tiering[0].afterDays is a secret",
      "  tags.token is a secret",
    ]);
    assert.equal(problems.length, 12, problems.join("\n"));
    // A step needs its days, so a plain value replaces the secret.
    assert.match(
      problems.join("\n"),
      /config set --path 'bucket\.tiering\[0\]\.afterDays' 0 --stack dev/,
    );
  });

  it("names a group that is a secret as a whole, and a secret name", () => {
    const yaml = `config:\n  streamlake:name: ${secret}\n  streamlake:tags: ${secret}\n`;
    const fixes = problemsOf(yaml).filter((line) => line.includes("fix:"));
    assert.deepEqual(fixes, [
      "    fix:     pulumi config set name user-events --stack dev",
      "    fix:     pulumi config rm tags --stack dev",
    ]);
  });

  it("never shows the value of a secret", () => {
    for (const config of [
      `streamlake:protect: ${secret}`,
      `streamlake:delivery: { prefix: ${secret}, compression: ${secret} }`,
      `streamlake:existing: { streamArn: ${secret}, keyArn: x }`,
    ])
      assert.doesNotMatch(problemsOf(stack(config)).join("\n"), /hush|\[secret\]/, config);
  });
});
