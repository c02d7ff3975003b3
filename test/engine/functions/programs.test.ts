import assert from "node:assert/strict";
import {
  type Properties,
  type PropertyValue,
  type ResourceGraph,
  Secret,
  Unknown,
} from "../../../engine/graph/resourceGraph";
import { decidableGraph } from "../../../engine/graph/madeUp";
import { runProgram } from "../../../engine/program/runProgram";
import { madeUpProvider } from "../../../engine/provider/madeUpProvider";
import { awsRegion } from "../../../engine/stack/awsRegion";
import { readStack } from "../../../engine/stack/stackFile";
import { fixture } from "../support/fixtures";

/** Runs the program of the fixture with the installed SDK. Each stack is a program of its own. */
async function run(stack: string): Promise<ResourceGraph> {
  const settings = readStack(fixture("functions"), stack);
  return runProgram(settings, madeUpProvider(awsRegion(settings)), {
    print: () => undefined,
    signal: new AbortController().signal,
  });
}

/** What the program passed to one of its resources. */
function shown({ resources }: ResourceGraph, name: string): Properties {
  const found = resources.find((resource) => resource.name === name);
  assert.ok(found, name);
  return found.inputs;
}

function textOf(value: PropertyValue | undefined): string {
  assert.ok(typeof value === "string");
  return value;
}

function assertUnknown(properties: Properties, ...names: readonly string[]): void {
  for (const name of names) assert.ok(properties[name] instanceof Unknown, name);
}

describe("a program that calls provider functions", () => {
  let graph: ResourceGraph;
  before(async () => {
    graph = await run("dev");
  });

  it("gets what follows from the run, in plain form and as outputs", () => {
    const { caller, ...known } = shown(graph, "run");
    assert.ok(caller instanceof Unknown);
    assert.deepEqual(known, {
      account: "123456789012",
      arn: "orders/2026",
      endpoint: "ec2.eu-west-1.amazonaws.com",
      partition: "aws",
      principal: "firehose.amazonaws.com",
      region: "eu-west-1",
      service: "s3.eu-west-1.amazonaws.com",
      tags: { team: "lake" },
    });
  });

  it("gets the region and tags of the provider or the region of the call", () => {
    assert.deepEqual(shown(graph, "elsewhere"), {
      other: "ec2.cn-north-1.amazonaws.com.cn",
      region: "ap-northeast-1",
      tags: { team: "tokyo" },
    });
  });

  it("gets policy documents, which are secret if a part is", () => {
    const { own, hidden, plain } = shown(graph, "documents");
    assert.deepEqual((JSON.parse(textOf(own)) as { Statement: unknown }).Statement, [
      {
        ...{ Sid: "Read", Effect: "Allow", Action: "s3:GetObject" },
        Resource: ["arn:aws:s3:::orders", "${aws:x}"],
      },
    ]);
    assert.ok(hidden instanceof Secret);
    assert.match(textOf(hidden.reveal()), /arn:aws:s3:::hush-hush/);
    assert.equal(
      plain,
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole"}]}',
    );
  });

  it("can index made-up zones, on which nothing is decided", () => {
    assert.deepEqual(shown(graph, "zones"), {
      ...{ first: "eu-west-1a", count: 2, name: "subnet-in-eu-west-1b", suffix: "b" },
      upper: "EU-WEST-1C",
    });
    const decidable = shown(decidableGraph(graph), "zones");
    assertUnknown(decidable, "first", "name", "upper");
    assert.equal(decidable["suffix"], "b");
  });

  it("gets unknown results of lookups, and does not run what depends on them", () => {
    const { user, owner, domain, vpc, subnets, ...rest } = shown(graph, "lookups");
    assert.deepEqual([owner, domain], ["amazon", "example.com"]);
    assert.ok(user instanceof Secret);
    assert.equal(user.reveal(), "AWS");
    assert.match(textOf(vpc), /^vpc-0/);
    assert.equal((subnets as string[]).length, 2);
    assertUnknown(rest, "ami", "root", "zone", "applied", "password", "parameter");
  });

  it("leaves nothing to decide on that a made-up or unknown value is part of", () => {
    const { vpc, subnets, text } = shown(decidableGraph(graph), "lookups");
    assert.deepEqual([vpc, text], [new Unknown(), new Unknown()]);
    assert.deepEqual(subnets, [new Unknown(), new Unknown()]);
  });

  it("gets unknown outputs of another stack, without an error", () => {
    const { get, require, details } = shown(graph, "references");
    assert.ok(get instanceof Unknown && require instanceof Unknown);
    assert.equal(details, true);
  });

  it("has a note for each assumption", () => {
    const subjects = (graph.notes ?? []).map(({ subject }) => subject);
    assert.deepEqual(subjects, [
      "acme/network/prod",
      "aws:ec2/getAmi:getAmi",
      "aws:ec2/getSubnets:getSubnets",
      "aws:ec2/getVpc:getVpc",
      "aws:ecr/getAuthorizationToken:getAuthorizationToken",
      "aws:index/getAvailabilityZone:getAvailabilityZone",
      "aws:index/getAvailabilityZones:getAvailabilityZones",
      "aws:organizations/getOrganization:getOrganization",
      "aws:route53/getZone:getZone",
      "aws:ssm/getParameter:getParameter",
    ]);
    assert.ok((graph.notes ?? []).every(({ kind }) => kind === "assumed"));
  });
});

describe("a program with answers", () => {
  it("gets them, for functions and for other stacks", async () => {
    const graph = await run("answered");
    const { password, architecture, missing, ...known } = shown(graph, "answers");
    assert.deepEqual(known, {
      answer: 42,
      bucket: "orders",
      image: "ami-0123456789abcdef0",
      recent: true,
      tags: { Name: "base" },
      vpc: "vpc-0123456789abcdef0",
      zone: "b",
    });
    assert.ok(architecture instanceof Unknown);
    assert.ok(password instanceof Secret);
    assert.equal(missing, undefined);
    assert.deepEqual(
      graph.notes?.map(({ kind, subject }) => [kind, subject]),
      [["unused answer", "aws:ec2/getAmi:getAmi"]],
    );
  });
});

describe("a program that looks for what does not exist", () => {
  let graph: ResourceGraph;
  before(async () => {
    graph = await run("lacking");
  });

  it("declares it after the error that the answers file gives", () => {
    const { because } = shown(graph, "new issuer");
    assert.match(textOf(because), /getOpenIdConnectProvider: no provider has this URL$/);
    assert.deepEqual(shown(graph, "issuer")["clientIdLists"], ["lake"]);
    assert.deepEqual(shown(graph, "trust"), {
      arn: "arn:aws:iam::123456789012:oidc-provider/issuer.example.com",
    });
  });

  it("gets the objects of Kubernetes manifests, but not those of a chart", () => {
    const { kinds, ...rest } = shown(graph, "manifests");
    assert.deepEqual(kinds, ["Service", "Pod"]);
    assertUnknown(rest, "objects", "rendered");
    assert.deepEqual(graph.notes, [
      {
        ...{ kind: "not evaluated", subject: "kubernetes:helm:template" },
        message: "A Helm chart is not rendered offline. Its resources are not in this result.",
      },
    ]);
  });
});

describe("a program that cannot continue without an answer", () => {
  it("is rejected with the entry to add", async () => {
    await assert.rejects(run("refused"), {
      message:
        /^The program calls the function acme:index:lookUp, [^]*\n {2}- token: acme:index:lookUp\n/,
    });
  });

  it("fails with its own error, and the entry that helps", async () => {
    await assert.rejects(run("breaks"), {
      message:
        /image\.id\.slice is not a function[^]*\n {2}- token: aws:ec2\/getAmi:getAmi\n[^]*result: \{\} #/,
    });
  });

  it("gets the entry as well if it caught the error of another call", async () => {
    await assert.rejects(run("recovers"), ({ message }: Error) => {
      assert.match(message, /image\.id\.slice is not a function[^]*getAmi:getAmi/);
      assert.doesNotMatch(message, /no provider has this URL/);
      return true;
    });
  });
});
