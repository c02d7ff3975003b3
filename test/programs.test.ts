import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import {
  type GraphResource,
  type PropertyValue,
  Secret,
  Unknown,
} from "../engine/graph/resourceGraph";
import { planStack, type StackPlan } from "../engine/planStack";
import { mapConcurrently } from "../engine/policy/policyPack";

/** What a program declares: `type name`, in any order, without the stack; types without their module. */
interface Expected {
  readonly resources: readonly string[];
  /** Further facts of the plan. */
  readonly check?: (plan: StackPlan) => void;
}

const PROGRAMS = join(__dirname, "programs");
const ACCOUNT = "123456789012";

function resource({ graph }: StackPlan, type: string, name: string): GraphResource {
  const found = graph.resources.find((each) => shortType(each) === type && each.name === name);
  assert.ok(found, `${type} ${name}`);
  return found;
}

/** `aws:s3/bucket:Bucket` as `s3.Bucket`, `acme:index:Lake` as `acme.Lake`. */
function shortType({ type }: GraphResource): string {
  const [pkg = "", module = "", name = ""] = type.split(":");
  const [service = ""] = module.split("/");
  return `${pkg === "aws" ? service : pkg}.${name}`;
}

function text(value: PropertyValue | undefined): string {
  assert.ok(typeof value === "string");
  return value;
}

/** What @pulumi/aws declares for a function of the program: by default, with nine managed policies. */
const callbackFunction = (name: string): string[] => [
  `iam.Role ${name}`,
  `lambda.Function ${name}`,
  ...Array<string>(9).fill(`iam.RolePolicyAttachment ${name}`),
];

const programs: Readonly<Record<string, Expected>> = {
  "new-project": {
    resources: ["s3.Bucket my-bucket"],
    check: ({ graph }) => {
      assert.match(text(graph.outputs["bucketName"]), /^my-bucket-[0-9a-f]{7}$/);
    },
  },
  "plain-javascript": {
    resources: ["s3.Bucket my-bucket"],
    check: ({ graph }) => {
      assert.deepEqual(Object.keys(graph.outputs), ["bucketName"]);
    },
  },
  "javascript-module": {
    resources: ["kms.Key data", "kms.Alias data"],
    check: (plan) => {
      assert.equal(plan.graph.outputs["keyArn"], resource(plan, "kms.Key", "data").outputs["arn"]);
    },
  },
  "es-module": {
    resources: ["s3.Bucket logs", "s3.BucketLifecycleConfiguration logs"],
    check: ({ graph }) => {
      assert.equal(graph.outputs["expires"], 30);
    },
  },
  "main-entry": {
    resources: ["sns.Topic alerts", "s3.BucketObjectv2 schema"],
    check: ({ graph }) => {
      assert.match(
        text(graph.outputs["topicArn"]),
        /^arn:aws:sns:us-east-1:123456789012:alerts-[0-9a-f]{7}$/,
      );
    },
  },
  website: {
    resources: [
      "s3.Bucket site",
      "s3.BucketWebsiteConfiguration site",
      "s3.BucketPublicAccessBlock site",
      "s3.BucketPolicy site",
      "s3.BucketObjectv2 index.html",
      "s3.BucketObjectv2 style.css",
    ],
    check: (plan) => {
      const policy = resource(plan, "s3.BucketPolicy", "site").inputs["policy"];
      const { Statement } = JSON.parse(text(policy)) as { Statement: { Resource: string }[] };
      assert.match(Statement[0]?.Resource ?? "", /^arn:aws:s3:::site-[0-9a-f]{7}\/\*$/);
      const page = resource(plan, "s3.BucketObjectv2", "index.html");
      assert.equal(page.inputs["contentType"], "text/html");
    },
  },
  "lambda-on-upload": {
    resources: [
      "s3.Bucket uploads",
      "s3.Bucket thumbnails",
      "s3.BucketEventSubscription on-upload",
      "s3.BucketNotification on-upload",
      "lambda.Permission on-upload",
      ...callbackFunction("on-upload"),
    ],
  },
  events: {
    resources: [
      "dynamodb.Table counts",
      "sqs.Queue orders",
      "sns.Topic alerts",
      ...["count", "notify", "nightly", "report"].flatMap(callbackFunction),
      "sqs.QueueEventSubscription count",
      "lambda.EventSourceMapping count",
      "sns.TopicEventSubscription notify",
      "sns.TopicSubscription notify",
      "cloudwatch.EventRuleEventSubscription nightly",
      "cloudwatch.EventRule nightly",
      "cloudwatch.EventTarget nightly",
      ...["count", "notify", "nightly"].map((name) => `lambda.Permission ${name}`),
    ],
    check: (plan) => {
      const { code } = resource(plan, "lambda.Function", "count").inputs;
      assert.match(JSON.stringify(code), /__index\.js.*event\.Records\.length/s);
    },
  },
  "ecs-service": {
    resources: [
      "ec2.SecurityGroup web",
      "ecs.Cluster cluster",
      "cloudwatch.LogGroup web",
      "iam.Role task-execution",
      "iam.RolePolicyAttachment task-execution",
      "lb.LoadBalancer web",
      "lb.TargetGroup web",
      "lb.Listener web",
      "ecs.TaskDefinition web",
      "ecs.Service web",
    ],
  },
  "api-with-table": {
    resources: [
      "dynamodb.Table notes",
      "iam.Role handler",
      "iam.RolePolicy handler",
      "lambda.Function handler",
      "lambda.Permission api",
      "apigatewayv2.Api notes",
      "apigatewayv2.Integration handler",
      "apigatewayv2.Route GET-notes",
      "apigatewayv2.Route PUT-notes-id-",
      "apigatewayv2.Stage live",
    ],
    check: (plan) => {
      assert.equal(resource(plan, "dynamodb.Table", "notes").options.protect, true);
      assert.equal(resource(plan, "apigatewayv2.Stage", "live").inputs["name"], "dev");
    },
  },
  "web-server": { resources: ["ec2.SecurityGroup web", "ec2.Instance web"] },
  vpc: {
    resources: [
      "ec2.Vpc main",
      "ec2.InternetGateway main",
      "ec2.RouteTable public",
      ...[0, 1].flatMap((index) => [
        `ec2.Subnet public-${index}`,
        `ec2.RouteTableAssociation public-${index}`,
      ]),
    ],
    check: ({ graph }) => {
      assert.ok(
        graph.notes?.some(({ kind, subject }) => kind === "assumed" && /getAvail/.test(subject)),
        "a note says that the zones are made up",
      );
    },
  },
  certificate: {
    resources: [
      "pulumi.aws us-east-1",
      "route53.Zone zone",
      "acm.Certificate www",
      "route53.Record validation",
      "acm.CertificateValidation www",
      "s3.Bucket origin",
      "cloudfront.OriginAccessIdentity origin",
      "cloudfront.Distribution www",
    ],
    check: (plan) => {
      const provider = resource(plan, "pulumi.aws", "us-east-1").urn;
      assert.equal(resource(plan, "acm.Certificate", "www").options.provider, provider);
      assert.equal(resource(plan, "route53.Zone", "zone").external, true);
    },
  },
  "component-class": {
    resources: [
      "shop.Archive invoices",
      "s3.Bucket invoices",
      "s3.BucketVersioning invoices",
      "s3.BucketLifecycleConfiguration invoices",
    ],
    check: (plan) => {
      const bucket = resource(plan, "s3.Bucket", "invoices");
      assert.deepEqual(bucket.inputs["tags"], { purpose: "archive", owner: "records" });
      const { protect, retainOnDelete } = bucket.options;
      assert.deepEqual([protect, retainOnDelete], [true, true]);
      const lifecycle = resource(plan, "s3.BucketLifecycleConfiguration", "invoices");
      assert.equal(lifecycle.options.deletedWith, bucket.urn);
      const old = "urn:pulumi:dev::component-class::shop:index:Archive::old-invoices";
      assert.deepEqual(resource(plan, "shop.Archive", "invoices").options.aliases, [old]);
      assert.equal(plan.graph.outputs["arn"], bucket.outputs["arn"]);
    },
  },
  "dynamic-provider": {
    resources: ["dynamodb.Table orders", "pulumi-nodejs.Resource orders", "ssm.Parameter migrated"],
    check: (plan) => {
      assert.ok(
        resource(plan, "ssm.Parameter", "migrated").inputs["value"] instanceof Unknown,
        "what the provider returns is unknown",
      );
    },
  },
  "random-names": {
    resources: [
      "random.RandomPet pet",
      "random.RandomPassword admin",
      "secretsmanager.Secret admin",
      "secretsmanager.SecretVersion admin",
      "s3.Bucket pets",
    ],
    check: ({ graph }) => {
      assert.equal(graph.outputs["isPreview"], true);
      assert.ok(
        graph.outputs["adminPassword"] instanceof Secret ||
          graph.outputs["adminPassword"] instanceof Unknown,
      );
    },
  },
  "two-regions": {
    resources: [
      "pulumi.aws ireland",
      "pulumi.aws other-account",
      "s3.Bucket primary",
      "s3.Bucket replica",
      "s3.BucketVersioning primary",
      "s3.BucketVersioning replica",
      "sns.Topic replicated",
    ],
    check: ({ graph }) => {
      assert.match(
        text(graph.outputs["topicArn"]),
        new RegExp(`^arn:aws:sns:ap-southeast-2:${ACCOUNT}:`),
      );
      const [primary, replica] = graph.outputs["domains"] as readonly string[];
      assert.match(primary ?? "", /\.s3\.eu-west-1\.amazonaws\.com$/);
      assert.match(replica ?? "", /\.s3\.us-west-2\.amazonaws\.com$/);
    },
  },
  secrets: {
    resources: ["rds.Instance orders", "ssm.Parameter url"],
    check: (plan) => {
      const password = resource(plan, "rds.Instance", "orders").inputs["password"];
      assert.ok(password instanceof Secret && password.reveal() instanceof Unknown);
      assert.equal(plan.graph.outputs["user"], "admin");
      assert.deepEqual(
        plan.graph.notes?.map(({ kind, subject }) => `${kind}: ${subject}`),
        ["assumed: secrets:password", "assumed: secrets:database", "assumed: aws:region"],
      );
    },
  },
  hooks: {
    resources: ["sns.Topic alerts"],
    check: (plan) => {
      assert.deepEqual(resource(plan, "sns.Topic", "alerts").options.hooks, ["smoke-test"]);
    },
  },
  "invoke-transform": {
    resources: [],
    check: ({ graph }) => {
      assert.equal(graph.outputs["region"], "eu-central-1");
    },
  },
  "stack-reference": {
    resources: [
      "pulumi.StackReference acme/network/dev",
      "rds.SubnetGroup database",
      "ec2.SecurityGroup database",
    ],
    check: ({ graph }) => {
      assert.ok(graph.outputs["vpcId"] instanceof Unknown);
    },
  },
  "container-component": {
    resources: ["awsx.Vpc shop", "ec2.SecurityGroup web", "lb.LoadBalancer web"],
    check: (plan) => {
      const { urn } = resource(plan, "awsx.Vpc", "shop");
      assert.ok(
        plan.graph.notes?.some(({ kind, subject }) => kind === "not evaluated" && subject === urn),
        "a note says that the component's resources are missing",
      );
    },
  },
};

function failure(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

describe("planStack with programs as people write them", () => {
  const plans = new Map<string, StackPlan | Error>();
  before(async () => {
    // Two at a time, because a small machine has two cores. Checking types takes many seconds.
    const transpileOnly = process.env["PULUMI_NODEJS_TRANSPILE_ONLY"];
    process.env["PULUMI_NODEJS_TRANSPILE_ONLY"] = "true";
    await mapConcurrently(Object.keys(programs), 2, async (name) => {
      const directory = join(PROGRAMS, name);
      const request = { directory, stack: "dev", preview: false, policyPack: undefined };
      plans.set(name, await planStack(request, () => undefined).catch(failure));
    });
    if (transpileOnly === undefined)
      Reflect.deleteProperty(process.env, "PULUMI_NODEJS_TRANSPILE_ONLY");
    else process.env["PULUMI_NODEJS_TRANSPILE_ONLY"] = transpileOnly;
  });

  it("has an expectation for every program", () => {
    const directories = readdirSync(PROGRAMS, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    assert.deepEqual(directories.sort(), Object.keys(programs).sort());
  });

  for (const [name, { resources, check }] of Object.entries(programs))
    it(`plans ${name}`, () => {
      const plan = plans.get(name);
      if (plan === undefined || plan instanceof Error) throw plan ?? new Error("not planned");
      const declared = plan.graph.resources
        // The name of an attachment ends in a hash of the policy.
        .map((each) => `${shortType(each)} ${each.name.replace(/-[0-9a-f]{8}$/, "")}`)
        .filter((each) => !each.startsWith("pulumi.Stack "));
      assert.deepEqual(declared.sort(), [...resources].sort());
      check?.(plan);
    });
});
