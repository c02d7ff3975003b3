import assert from "node:assert/strict";
import type { Properties, ResourceGraph } from "../../../engine/graph/resourceGraph";
import { type AccessCheck, checkAccess } from "../../../local/access/checkAccess";
import { conversion, functionArn, lambda, partitioned } from "../../aws/firehose/support/inputs";
import {
  added,
  changed,
  one,
  policyText,
  type Statement,
  statementsIn,
  textOf,
  types,
  withArn,
} from "../support/changedGraph";
import { resourceOf } from "../support/graph";
import { pipelineGraph } from "../support/pipelineGraph";

const region = "eu-central-1";
const account = "123456789012";
const keyArn = `arn:aws:kms:${region}:${account}:key/backup`;

/** A feature, the statements that its calls need, and what each call asks for. */
interface FeatureAccess {
  readonly destination: (deliveryRole: string) => Properties;
  readonly statements: readonly Statement[];
  /** The calls of the feature, each with its actions. */
  readonly calls: Readonly<Record<string, readonly string[]>>;
}

const transform = (name: string): FeatureAccess => ({
  destination: () => ({
    processingConfiguration: { enabled: true, processors: [lambda({ LambdaArn: name })] },
  }),
  statements: [
    { Sid: "Invoke", Effect: "Allow", Action: "lambda:InvokeFunction", Resource: name },
    { Sid: "Read", Effect: "Allow", Action: "lambda:GetFunctionConfiguration", Resource: name },
  ],
  calls: {
    GetFunctionConfiguration: ["lambda:GetFunctionConfiguration"],
    InvokeFunction: ["lambda:InvokeFunction"],
  },
});

const tableActions = ["glue:GetTable", "glue:GetTableVersion", "glue:GetTableVersions"];
const glue = (resource: string) => `arn:aws:glue:${region}:${account}:${resource}`;

const features: Readonly<Record<string, FeatureAccess>> = {
  "a function": transform(functionArn),
  "a version of a function": transform(`${functionArn}:7`),
  "conversion with a Glue table": {
    destination: (roleArn) => ({
      ...{ bufferingSize: 64, compressionFormat: "UNCOMPRESSED" },
      dataFormatConversionConfiguration: {
        ...conversion,
        schemaConfiguration: { ...conversion.schemaConfiguration, roleArn },
      },
    }),
    statements: tableActions.map((Action, index) => ({
      ...{ Sid: `Table${index}`, Effect: "Allow", Action },
      Resource: [glue("catalog"), glue("database/lake"), glue("table/lake/events")],
    })),
    calls: {
      GetTable: ["glue:GetTable", "glue:GetTable", "glue:GetTable"],
      GetTableVersion: Array<string>(3).fill("glue:GetTableVersion"),
      GetTableVersions: Array<string>(3).fill("glue:GetTableVersions"),
    },
  },
  "a backup with a key and an error log": {
    destination: (roleArn) => ({
      s3BackupMode: "Enabled",
      s3BackupConfiguration: {
        ...{ bucketArn: "arn:aws:s3:::my-backup", roleArn, prefix: "source/", kmsKeyArn: keyArn },
        cloudwatchLoggingOptions: {
          ...{ enabled: true, logGroupName: "backup-errors", logStreamName: "Backup" },
        },
      },
    }),
    statements: [
      {
        ...{ Sid: "Write", Effect: "Allow", Action: "s3:PutObject" },
        Resource: "arn:aws:s3:::my-backup/source/*",
      },
      {
        ...{ Sid: "Find", Effect: "Allow", Action: "s3:GetBucketLocation" },
        Resource: "arn:aws:s3:::my-backup",
      },
      {
        ...{ Sid: "Encrypt", Effect: "Allow", Action: "kms:GenerateDataKey", Resource: keyArn },
        Condition: {
          StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` },
          StringLike: {
            "kms:EncryptionContext:aws:s3:arn": [
              "arn:aws:s3:::my-backup",
              "arn:aws:s3:::my-backup/source/*",
            ],
          },
        },
      },
      {
        ...{ Sid: "Log", Effect: "Allow", Action: "logs:PutLogEvents" },
        Resource: `arn:aws:logs:${region}:${account}:log-group:backup-errors:log-stream:Backup`,
      },
    ],
    calls: {
      "GetBucketLocation of the backup": ["s3:GetBucketLocation"],
      "PutObject of the backup": ["s3:PutObject", "kms:GenerateDataKey", "kms:GenerateDataKey"],
      "PutLogEvents of the backup": ["logs:PutLogEvents"],
    },
  },
};

function only(graph: ResourceGraph): AccessCheck {
  const [accessCheck, ...others] = checkAccess(graph);
  assert.ok(accessCheck && others.length === 0);
  return accessCheck;
}

const denied = ({ decisions }: AccessCheck) =>
  decisions.flatMap(({ decision, request }) =>
    decision.outcome === "denied" ? [request.action] : [],
  );
const undecided = ({ decisions }: AccessCheck) =>
  decisions.flatMap(({ decision }) => (decision.outcome === "undecided" ? decision.reason : []));
const tooMuch = ({ unused }: AccessCheck) => unused.tooMuch.map(({ statement }) => statement);

describe("access for the features of a delivery stream", () => {
  let graph: ResourceGraph;
  before(async () => {
    const plain = await pipelineGraph({}, region);
    graph = added(plain, withArn(types.key, "backup", keyArn, {}));
  });

  function withFeature(destination: FeatureAccess["destination"]): ResourceGraph {
    const firehose = one(graph, types.firehose);
    const declared = firehose.inputs["extendedS3Configuration"] as Properties;
    const more = destination(textOf(one(graph, types.role, "events-delivery"), "arn"));
    return changed(graph, firehose, { extendedS3Configuration: { ...declared, ...more } });
  }

  function granting(of: ResourceGraph, more: readonly Statement[]): ResourceGraph {
    const policy = one(of, types.rolePolicy, "events-delivery");
    const statements = statementsIn(policy.inputs["policy"]);
    return changed(of, policy, { policy: policyText(...statements, ...more) });
  }

  for (const [name, { destination, statements, calls }] of Object.entries(features)) {
    it(`is checked call by call for ${name}`, () => {
      const accessCheck = only(granting(withFeature(destination), statements));
      assert.deepEqual(accessCheck.notChecked, []);
      assert.deepEqual(undecided(accessCheck), []);
      const found = Object.keys(calls).map((call) => {
        const ofCall = accessCheck.decisions.filter((one) => one.call === call);
        return [call, ofCall.map(({ request }) => request.action)] as const;
      });
      assert.deepEqual(Object.fromEntries(found), calls);
      assert.deepEqual(denied(accessCheck), []);
    });

    it(`needs every statement and every part of it for ${name}, and no other`, () => {
      const declared = withFeature(destination);
      assert.deepEqual(tooMuch(only(granting(declared, statements))), []);
      // Without the feature, nothing needs them.
      const unneeded = new Set(tooMuch(only(granting(graph, statements))));
      assert.deepEqual([...unneeded].sort(), statements.map(({ Sid }) => Sid).sort());
      for (const statement of statements) {
        const others = statements.filter((other) => other !== statement);
        const expected = [statement.Action].flat();
        assert.deepEqual(new Set(denied(only(granting(declared, others)))), new Set(expected));
        for (const resource of [statement.Resource ?? []].flat()) {
          const elsewhere = [statement.Resource ?? []]
            .flat()
            .map((each) => (each === resource ? `${each}-other` : each));
          const narrowed = [...others, { ...statement, Resource: elsewhere }];
          if (resource.endsWith("*")) continue;
          assert.ok(denied(only(granting(declared, narrowed))).includes(String(expected[0])));
        }
        for (const condition of conditionsChanged(statement)) {
          const narrowed = [...others, { ...statement, Condition: condition }];
          assert.ok(denied(only(granting(declared, narrowed))).length > 0, statement.Sid);
        }
      }
    });
  }

  it("needs the trust of a role that only a feature uses", () => {
    const roleArn = `arn:aws:iam::${account}:role/other`;
    const trust = (ExternalId: string) =>
      policyText({
        Effect: "Allow",
        Principal: { Service: "firehose.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "sts:ExternalId": ExternalId } },
      });
    const role = (externalId: string) =>
      withArn(types.role, "other", roleArn, {
        ...{ name: "other", assumeRolePolicy: trust(externalId) },
        inlinePolicies: Object.values(features).map(({ statements }) => ({
          policy: policyText(...statements),
        })),
      });
    for (const [call, destination] of Object.entries({
      "AssumeRole of the function": {
        processingConfiguration: { enabled: true, processors: [lambda({ RoleArn: roleArn })] },
      },
      "AssumeRole of the conversion":
        features["conversion with a Glue table"]?.destination(roleArn) ?? {},
      "AssumeRole of the backup":
        features["a backup with a key and an error log"]?.destination(roleArn) ?? {},
    })) {
      const trusted = only(
        added(
          withFeature(() => destination),
          role(account),
        ),
      );
      assert.deepEqual(denied(trusted), [], call);
      const mistrusted = only(
        added(
          withFeature(() => destination),
          role("210987654321"),
        ),
      );
      const calls = mistrusted.decisions.filter(({ decision }) => decision.outcome === "denied");
      assert.deepEqual(
        calls.map((one) => one.call),
        [call],
      );
    }
  });

  it("documents the versions of a function that is declared without one", () => {
    const { destination, statements } = transform(functionArn);
    const versions = { Effect: "Allow", Action: "lambda:*", Resource: `${functionArn}:*` };
    const accessCheck = only(
      granting(withFeature(destination), [...statements, { Sid: "Versions", ...versions }]),
    );
    assert.deepEqual(tooMuch(accessCheck), []);
    const found = accessCheck.unused.documented.filter(({ statement }) => statement === "Versions");
    assert.match(found[0]?.source ?? "", /Developer Guide/);
    const qualified = transform(`${functionArn}:7`);
    const ofVersion = granting(withFeature(qualified.destination), [
      ...qualified.statements,
      { Sid: "Unqualified", Effect: "Allow", Action: "lambda:*", Resource: functionArn },
    ]);
    assert.deepEqual(tooMuch(only(ofVersion)), ["Unqualified"]);
  });

  it("includes the policies of functions and of the Data Catalog", () => {
    const roleArn = textOf(one(graph, types.role, "events-delivery"), "arn");
    const permission = (action: string) =>
      resourceOf("aws:lambda/permission:Permission", action, {
        ...{ action: `lambda:${action}`, function: "clean", principal: roleArn },
      });
    const invoked = withFeature(transform(functionArn).destination);
    const permitted = added(
      invoked,
      ...["InvokeFunction", "GetFunctionConfiguration"].map(permission),
    );
    assert.deepEqual(denied(only(permitted)), []);
    const table = features["conversion with a Glue table"];
    assert.ok(table);
    const policy = policyText({
      ...{ Effect: "Deny", Principal: "*", Action: "glue:GetTable", Resource: glue("*") },
    });
    const catalog = resourceOf("aws:glue/resourcePolicy:ResourcePolicy", "catalog", { policy });
    const converted = granting(withFeature(table.destination), table.statements);
    assert.deepEqual(new Set(denied(only(added(converted, catalog)))), new Set(["glue:GetTable"]));
  });

  it("is undecided for a function or a catalog of another account", () => {
    const foreign = functionArn.replace(account, "210987654321");
    const invoked = transform(foreign);
    const accessCheck = only(granting(withFeature(invoked.destination), invoked.statements));
    assert.match(undecided(accessCheck)[0] ?? "", /policy of the function .*, of another account,/);
    const table = features["conversion with a Glue table"];
    const converted = withFeature((roleArn) => ({
      ...table?.destination(roleArn),
      dataFormatConversionConfiguration: {
        ...conversion,
        schemaConfiguration: {
          ...{ ...conversion.schemaConfiguration, roleArn, catalogId: "210987654321" },
          region: "eu-west-1",
        },
      },
    }));
    const ofCatalog = only(converted);
    assert.match(undecided(ofCatalog)[0] ?? "", /Data Catalog of account 210987654321 is not decl/);
    const [request] = ofCatalog.decisions.filter(({ call }) => call === "GetTable");
    assert.equal(request?.request.resource, "arn:aws:glue:eu-west-1:210987654321:catalog");
  });

  it("checks keys with any value of a partition key, without an appended time", () => {
    const { decisions, notChecked } = only(withFeature(() => partitioned));
    assert.deepEqual(notChecked, []);
    const puts = decisions.filter(({ request }) => request.action === "s3:PutObject");
    assert.match(puts[0]?.request.resource ?? "", /\/data\/0{11}\/events-[0-9a-f]{7}-1-1970-/);
  });

  it("reports what a feature lacks, once", () => {
    const reasons = (destination: Properties) => only(withFeature(() => destination)).notChecked;
    assert.deepEqual(reasons({ s3BackupMode: "Enabled" }), [
      'extendedS3Configuration.s3BackupConfiguration is not set, although s3BackupMode is "Enabled"',
    ]);
    const [missing] = reasons({ dataFormatConversionConfiguration: {} });
    assert.match(missing ?? "", /schemaConfiguration is not set/);
    const [unnamed] = reasons({
      processingConfiguration: { enabled: true, processors: [{ type: "Lambda" }] },
    });
    assert.match(
      unnamed ?? "",
      /parameters has no LambdaArn; allowed: the ARN of a Lambda function/,
    );
  });
});

/** The conditions of a statement, each time with one other value of each key. */
function conditionsChanged({ Condition = {} }: Statement): NonNullable<Statement["Condition"]>[] {
  return Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.keys(keys).map((key) => ({
      ...Condition,
      [operator]: { ...keys, [key]: "something-else" },
    })),
  );
}
