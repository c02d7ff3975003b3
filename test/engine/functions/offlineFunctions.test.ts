import assert from "node:assert/strict";
import { OfflineAnswers, type ProgramCall } from "../../../engine/functions/offlineAnswers";
import {
  type Properties,
  type PropertyValue,
  Secret,
  Unknown,
} from "../../../engine/graph/resourceGraph";
import { stackScope } from "../../../engine/provider/awsScope";
import { madeUpProvider } from "../../../engine/provider/madeUpProvider";

const answersIn = (region: string, config: Record<string, string> = {}): OfflineAnswers =>
  new OfflineAnswers({
    scope: stackScope(region, config),
    given: { functions: [], stackReferences: new Map(), hasFunctions: false },
    directory: __dirname,
  });

/** `name` is e.g. `getArn` or `ec2.getVpc`. */
function call(
  name: string,
  args: Properties = {},
  more: Partial<ProgramCall> = {},
  answers = answersIn("eu-west-1"),
): Properties {
  const [called = "", module = "index"] = name.split(".").reverse();
  const token = `aws:${module}/${called}:${called}`;
  return answers.call({ token, arguments: args, unknowns: true, ...more });
}

function textOf(value: PropertyValue | undefined): string {
  assert.ok(typeof value === "string");
  return value;
}

const provider = (providerInputs: Properties): Partial<ProgramCall> => ({ providerInputs });

/** A provider gets its lists and groups as JSON. */
const assuming = (...roleArns: string[]): Properties => ({
  assumeRoles: JSON.stringify(roleArns.map((roleArn) => ({ roleArn }))),
});

describe("functions that follow from the run", () => {
  it("have the account of the made-up ARNs", async () => {
    const { accountId, id, arn, userId } = call("getCallerIdentity");
    const { outputs } = await madeUpProvider("eu-west-1").create({
      ...{ urn: "urn", type: "aws:iam/role:Role", name: "a", inputs: { name: "a" } },
    });
    assert.equal(outputs["arn"], `arn:aws:iam::${textOf(accountId)}:role/a`);
    assert.equal(id, accountId);
    assert.ok(arn instanceof Unknown && userId instanceof Unknown);
  });

  describe("with an explicit provider", () => {
    const account = (providerInputs: Properties): unknown =>
      call("getCallerIdentity", {}, provider(providerInputs))["accountId"];
    const role = (digit: string): string => `arn:aws:iam::${digit.repeat(12)}:role/deploy`;

    it("have the only account that it allows, as its ARNs do", async () => {
      const inputs = { allowedAccountIds: JSON.stringify(["1".repeat(12)]) };
      assert.equal(account(inputs), "1".repeat(12));
      const { outputs } = await madeUpProvider("eu-west-1").create({
        ...{ urn: "urn", type: "aws:iam/role:Role", name: "a", inputs: { name: "a" } },
        providerInputs: inputs,
      });
      assert.equal(outputs["arn"], `arn:aws:iam::${"1".repeat(12)}:role/a`);
    });

    it("have the account of the last role that it assumes", () => {
      assert.equal(account(assuming(role("1"), role("2"))), "2".repeat(12));
      assert.equal(account({ assumeRole: { roleArn: role("3") } }), "3".repeat(12));
    });

    it("have the account of the run if it allows several", () => {
      const several = JSON.stringify(["1".repeat(12), "2".repeat(12)]);
      assert.equal(account({ allowedAccountIds: several }), "123456789012");
    });

    it("have an unknown account if its role is unknown", () => {
      assert.ok(account({ assumeRole: new Unknown() }) instanceof Unknown);
      assert.ok(account({ assumeRoles: [{ roleArn: new Unknown() }] }) instanceof Unknown);
    });

    it("are unknown if its region is", () => {
      const { region, endpoint } = call("getRegion", {}, provider({ region: new Unknown() }));
      assert.ok(region instanceof Unknown && endpoint instanceof Unknown);
    });
  });

  it("take the region of the call before that of the provider, and that before the stack's", () => {
    const region = (args: Properties, more?: Partial<ProgramCall>): unknown =>
      call("getRegion", args, more)["region"];
    const sydney = provider({ region: "ap-southeast-2" });
    assert.equal(region({}), "eu-west-1");
    assert.equal(region({}, sydney), "ap-southeast-2");
    assert.equal(region({ region: "ap-southeast-1" }, sydney), "ap-southeast-1");
    assert.equal(region({ name: "us-west-2" }), "us-west-2");
    assert.equal(region({ endpoint: "ec2.cn-north-1.amazonaws.com.cn" }), "cn-north-1");
  });

  const partitions: readonly [region: string, partition: string, dns: string, reverse: string][] = [
    ["us-east-1", "aws", "amazonaws.com", "com.amazonaws"],
    ["cn-north-1", "aws-cn", "amazonaws.com.cn", "cn.com.amazonaws"],
    ["us-gov-west-1", "aws-us-gov", "amazonaws.com", "com.amazonaws"],
    ["us-iso-east-1", "aws-iso", "c2s.ic.gov", "gov.ic.c2s"],
  ];
  for (const [region, partition, dnsSuffix, reverseDnsPrefix] of partitions)
    it(`know the partition of ${region}`, () => {
      assert.deepEqual(call("getPartition", {}, {}, answersIn(region)), {
        ...{ dnsSuffix, id: partition, partition, reverseDnsPrefix },
      });
    });

  it("have the default tags of the stack or of the provider", () => {
    const tags = JSON.stringify({ tags: { team: "lake" } });
    const answers = answersIn("eu-west-1", { "aws:defaultTags": tags });
    assert.deepEqual(call("getDefaultTags", {}, {}, answers)["tags"], { team: "lake" });
    const own = provider({ defaultTags: JSON.stringify({ tags: { team: "own" } }) });
    assert.deepEqual(call("getDefaultTags", {}, own, answers)["tags"], { team: "own" });
    assert.deepEqual(call("getDefaultTags")["tags"], {});
  });
});

describe("functions that follow from their arguments", () => {
  it("split an ARN, whose resource can contain colons", () => {
    const arn = "arn:aws:logs:eu-west-1:123456789012:log-group:/a:*";
    assert.deepEqual(call("getArn", { arn }), {
      ...{ arn, id: arn, partition: "aws", service: "logs", region: "eu-west-1" },
      ...{ account: "123456789012", resource: "log-group:/a:*" },
    });
    const { region, account } = call("getArn", { arn: "arn:aws:s3:::orders" });
    assert.deepEqual([region, account], ["", ""]);
  });

  it("name a service in three ways", () => {
    const expected = {
      ...{ id: "com.amazonaws.us-west-2.s3", region: "us-west-2", serviceId: "s3" },
      ...{ reverseDnsName: "com.amazonaws.us-west-2.s3", reverseDnsPrefix: "com.amazonaws" },
      ...{ dnsName: "s3.us-west-2.amazonaws.com", partition: "aws", supported: new Unknown() },
    };
    for (const args of [
      { serviceId: "s3", region: "us-west-2" },
      { dnsName: "s3.us-west-2.amazonaws.com" },
      { reverseDnsName: "com.amazonaws.us-west-2.s3" },
    ])
      assert.deepEqual(call("getService", args), expected);
  });

  it("name a service principal, with the host name of China only where AWS has it", () => {
    const name = (serviceName: string, region: string): unknown =>
      call("getServicePrincipal", { serviceName, region })["name"];
    assert.equal(name("logs", "eu-west-1"), "logs.amazonaws.com");
    assert.equal(name("logs", "cn-north-1"), "logs.amazonaws.com.cn");
    assert.equal(name("firehose", "cn-north-1"), "firehose.amazonaws.com");
  });

  const rejected: readonly [name: string, args: Properties, message: RegExp][] = [
    [
      "getArn",
      { arn: "orders" },
      /^aws:index\/getArn:getArn: arn is "orders", which is not an ARN/,
    ],
    ["getService", {}, /specify serviceId, dnsName or reverseDnsName/],
    ["getService", { dnsName: "s3.amazonaws.com" }, /has 3 parts; a service name has 4 or more/],
    ["getRegion", { endpoint: "s3.amazonaws.com" }, /allowed: an EC2 endpoint/],
    ["getServicePrincipal", {}, /serviceName is missing/],
    ["iam.getPolicyDocument", { version: "1" }, /^aws:iam\/getPolicyDocument:.*version is "1"/],
  ];
  for (const [name, args, message] of rejected)
    it(`reject the arguments ${JSON.stringify(args)} of ${name}`, () => {
      assert.throws(() => call(name, args), { message });
    });

  it("have an unknown result if an argument is unknown, and a secret one if it is secret", () => {
    const statements = (resource: Unknown | Secret): Properties => ({
      statements: [{ actions: ["s3:*"], resources: ["*", resource] }],
    });
    const unknown = call("iam.getPolicyDocument", statements(new Unknown()));
    assert.ok(unknown["json"] instanceof Unknown && unknown["minifiedJson"] instanceof Unknown);
    const { json } = call("iam.getPolicyDocument", statements(new Secret("hush-hush")));
    assert.ok(json instanceof Secret);
    assert.match(textOf(json.reveal()), /hush-hush/);
  });
});

describe("made-up availability zones", () => {
  const zones = (args: Properties = {}, region = "eu-west-1"): Properties =>
    call("getAvailabilityZones", args, {}, answersIn(region));

  it("are three, with ids in the form of AWS", () => {
    const { names, zoneIds, groupNames } = zones({ state: "available" });
    assert.deepEqual(names, ["eu-west-1a", "eu-west-1b", "eu-west-1c"]);
    assert.deepEqual(zoneIds, ["euw1-az1", "euw1-az2", "euw1-az3"]);
    assert.deepEqual(groupNames, ["eu-west-1"]);
  });

  const ids = [
    ["us-east-1", "use1-az1"],
    ["ap-northeast-3", "apne3-az1"],
    ["us-gov-east-1", "usge1-az1"],
    ["ca-central-1", "cac1-az1"],
    ["cn-northwest-1", "cnnw1-az1"],
  ] as const;
  for (const [region, id] of ids)
    it(`have ids like ${id} in ${region}`, () => {
      assert.equal((zones({}, region)["zoneIds"] as string[])[0], id);
    });

  it("leave out excluded ones, and those that a filter does not match", () => {
    const names = (args: Properties): unknown => zones(args)["names"];
    assert.deepEqual(names({ excludeNames: ["eu-west-1a"], excludeZoneIds: ["euw1-az3"] }), [
      "eu-west-1b",
    ]);
    const named = { name: "zone-name", values: ["eu-west-1c"] };
    const optIn = { name: "opt-in-status", values: ["opt-in-not-required"] };
    assert.deepEqual(names({ filters: [named, optIn] }), ["eu-west-1c"]);
  });

  it("are recorded with a note, except for names that the program gives", () => {
    const answers = answersIn("eu-west-1");
    call("getAvailabilityZone", { name: "eu-west-1b" }, {}, answers);
    assert.deepEqual(
      answers.madeUp.filter((text) => text.startsWith("eu")),
      ["euw1-az2"],
    );
    assert.deepEqual(answers.notes(), [
      {
        kind: "assumed",
        subject: "aws:index/getAvailabilityZone:getAvailabilityZone",
        message:
          "Made up, because programs need a value: zoneId (euw1-az2). Rules do not decide on what contains it.",
      },
    ]);
  });

  it("know the letter of a zone, but not the kind of a local zone", () => {
    const zone = (name: string): Properties => call("getAvailabilityZone", { name });
    assert.equal(zone("eu-west-1b")["nameSuffix"], "b");
    assert.ok(zone("eu-west-1-ham-1a")["zoneType"] instanceof Unknown);
  });
});

describe("lookups", () => {
  it("make up a VPC and its subnets, because programs index them", () => {
    const answers = answersIn("eu-west-1");
    const vpc = call("ec2.getVpc", { default: true }, {}, answers);
    const filters = [{ name: "vpc-id", values: [textOf(vpc["id"])] }];
    const { ids } = call("ec2.getSubnets", { filters }, {}, answers);
    assert.match(textOf(vpc["id"]), /^vpc-0[0-9a-f]{16}$/);
    assert.equal(new Set(ids as string[]).size, 3);
    assert.ok(vpc["cidrBlock"] instanceof Unknown);
    for (const id of [vpc["id"], ...(ids as string[])])
      assert.ok(answers.madeUp.includes(textOf(id)));
  });

  it("keep passwords and parameters secret", () => {
    assert.ok(call("ecr.getAuthorizationToken")["password"] instanceof Secret);
    assert.equal(call("ecr.getAuthorizationToken")["userName"], "AWS");
    assert.ok(call("ssm.getParameter", { name: "/orders/token" })["value"] instanceof Secret);
    assert.ok(call("secretsmanager.getSecretVersion")["secretString"] instanceof Secret);
  });

  it("make up a public parameter that programs parse", () => {
    const answers = answersIn("eu-west-1");
    const name = "/aws/service/ecs/optimized-ami/amazon-linux-2/recommended";
    const { value } = call("ssm.getParameter", { name }, {}, answers);
    const { image_id: image } = JSON.parse(textOf((value as Secret).reveal())) as {
      readonly image_id: string;
    };
    assert.ok(answers.madeUp.includes(image));
  });
});

describe("answers for programs that cannot have unknown values in plain results", () => {
  it("have strings that say so, on which nothing is decided", () => {
    const answers = answersIn("eu-west-1");
    const { accountId, arn } = call("getCallerIdentity", {}, { unknowns: false }, answers);
    assert.deepEqual([accountId, arn], ["123456789012", "[unknown arn]"]);
    assert.ok(answers.madeUp.includes("[unknown arn]"));
    const { id, password } = {
      ...call("ec2.getAmi", { mostRecent: true }, { unknowns: false }, answers),
      ...call("ecr.getAuthorizationToken", {}, { unknowns: false }, answers),
    };
    assert.equal(id, "[unknown id]");
    assert.equal((password as Secret).reveal(), "[unknown password]");
  });

  it("are required for all other functions", () => {
    assert.throws(() => call("lb.getListener", {}, { unknowns: false }), {
      message: /^The program calls the function aws:lb\/getListener:getListener/,
    });
  });
});

describe("functions of Kubernetes", () => {
  const objects = (text: string): PropertyValue | undefined =>
    answersIn("eu-west-1").call({
      ...{ token: "kubernetes:yaml:decode", arguments: { text }, unknowns: true },
    })["result"];

  it("read a manifest as Kubernetes does: YAML 1.1 without dates and numbers with colons", () => {
    const text = `# two objects, and documents without one
---
kind: ConfigMap
data: { on: yes, mode: 0644, since: 2026-01-31, ports: 80:80 }
---
just text
---
{ "kind": "Pod" }
`;
    const data = { true: true, mode: 420, since: "2026-01-31", ports: "80:80" };
    assert.deepEqual(objects(text), [{ kind: "ConfigMap", data }, { kind: "Pod" }]);
    assert.deepEqual(objects(""), []);
  });

  it("reject a manifest that is not YAML", () => {
    assert.throws(() => objects("kind: ["), { message: /^kubernetes:yaml:decode: text is not va/ });
  });

  it("leave rendered objects unknown, and note that they are missing", () => {
    const answers = answersIn("eu-west-1");
    for (const name of ["helm:template", "kustomize:directory"]) {
      const token = `kubernetes:${name}`;
      const result = answers.call({ token, arguments: { directory: "." }, unknowns: true });
      assert.deepEqual(result, { result: new Unknown() });
    }
    assert.deepEqual(
      answers.notes().map(({ kind, subject }) => [kind, subject]),
      [
        ["not evaluated", "kubernetes:helm:template"],
        ["not evaluated", "kubernetes:kustomize:directory"],
      ],
    );
    assert.match(answers.advice() ?? "", /the properties that the program reads, of result$/m);
  });
});
