import assert from "node:assert/strict";
import type { GraphResource, ResourceGraph } from "../../../engine/graph/resourceGraph";
import { type AccessCheck, checkAccess } from "../../../local/access/checkAccess";
import {
  added,
  changed,
  one,
  policyText,
  type Statement,
  statementsIn,
  types,
  withArn,
} from "../support/changedGraph";
import { existing, pipelineGraph } from "../support/pipelineGraph";

const graphs = {
  default: () => pipelineGraph(),
  "encrypted error log": () => pipelineGraph({ encryption: { errorLog: true } }),
  "existing stream, bucket and key": () => {
    const { streamArn, bucketArn, keyArn } = existing;
    return pipelineGraph({ existing: { streamArn, bucketArn, keyArn } });
  },
};

/** Granted because AWS documentation requires them, not because a call needs them. */
const documented = [
  "s3:AbortMultipartUpload",
  "s3:GetObject",
  "s3:ListBucket",
  "s3:ListBucketMultipartUploads",
];

function checked(graph: ResourceGraph): AccessCheck {
  const [accessCheck] = checkAccess(graph);
  assert.ok(accessCheck);
  return accessCheck;
}

/** The denied actions, without duplicates. Fails if a request is undecided. */
function deniedActions(graph: ResourceGraph): readonly string[] {
  const { decisions, notChecked } = checked(graph);
  assert.deepEqual(notChecked, []);
  assert.ok(decisions.length > 0);
  const outcomes = decisions.map(({ decision }) => decision.outcome);
  assert.ok(!outcomes.includes("undecided"));
  const denied = decisions.filter(({ decision }) => decision.outcome === "denied");
  return [...new Set(denied.map(({ request }) => request.action))].sort();
}

const listed = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === "string" ? [value] : value;

const withOne = (values: readonly string[], old: string, value: string) =>
  values.map((each) => (each === old ? value : each));

/** A change to a statement, and the actions that must be denied because of it. */
interface Loss {
  readonly what: string;
  /** Undefined if the statement is removed. */
  readonly statement: Statement | undefined;
  readonly denied: readonly string[];
}

/** Each single part that can be removed from a statement, or changed. */
function losses(statement: Statement, needed: (action: string) => boolean): readonly Loss[] {
  const { Sid = "", Condition = {} } = statement;
  const actions = listed(statement.Action);
  const resources = listed(statement.Resource);
  const denied = actions.filter(needed);
  return [
    ...actions.map((action) => ({
      what: `${Sid} without ${action}`,
      statement:
        actions.length === 1
          ? undefined
          : { ...statement, Action: actions.filter((each) => each !== action) },
      denied: [action].filter(needed),
    })),
    ...resources.map((resource) => ({
      what: `${Sid} on another resource than ${resource}`,
      statement: { ...statement, Resource: withOne(resources, resource, otherOf(resource)) },
      denied,
    })),
    ...Object.entries(Condition).flatMap(([operator, keys]) =>
      Object.entries(keys).flatMap(([key, values]) =>
        listed(values).map((value) => ({
          what: `${Sid} with another ${key} than ${value}`,
          statement: {
            ...statement,
            Condition: {
              ...Condition,
              [operator]: { ...keys, [key]: withOne(listed(values), value, otherOf(value)) },
            },
          },
          denied,
        })),
      ),
    ),
    ...(statement.Principal === undefined
      ? []
      : [
          {
            what: `${Sid} for another principal`,
            statement: { ...statement, Principal: { Service: "lambda.amazonaws.com" } },
            denied,
          },
        ]),
  ];
}

const otherOf = (value: string): string =>
  /^\d{12}$/.test(value) ? "210987654321" : value.replace(/(\/\*)?$/, "-other$1");

/** The graph after a loss in the policy that an input of a resource contains. */
function afterLoss(
  graph: ResourceGraph,
  resource: GraphResource,
  input: string,
  index: number,
  { statement }: Loss,
): ResourceGraph {
  const statements = statementsIn(resource.inputs[input]).flatMap((each, place) =>
    place === index ? (statement ? [statement] : []) : [each],
  );
  // AWS rejects a policy without statements.
  const kept = statements.length > 0 ? statements : [noGrant];
  return changed(graph, resource, { [input]: policyText(...kept) });
}
const noGrant: Statement = {
  Effect: "Deny",
  Principal: { Service: "lambda.amazonaws.com" },
  Action: "sts:AssumeRole",
};

describe("the roles of the component", () => {
  for (const [kind, make] of Object.entries(graphs)) {
    describe(`in a pipeline: ${kind}`, () => {
      let graph: ResourceGraph;
      before(async () => {
        graph = await make();
      });

      it("the roles allow every call of Firehose, and grant nothing without a reason", () => {
        const { unused, decisions } = checked(graph);
        assert.deepEqual(deniedActions(graph), []);
        assert.deepEqual(unused.tooMuch, []);
        const documentedActions = new Set(unused.documented.map(({ action }) => action));
        assert.deepEqual([...documentedActions].sort(), ["kms:Decrypt", ...documented]);
        assert.equal(new Set(decisions.map(({ call }) => call)).size, 9);
      });

      for (const [type, input, name] of [
        [types.role, "assumeRolePolicy", "events-source"],
        [types.role, "assumeRolePolicy", "events-delivery"],
        [types.rolePolicy, "policy", "events-source"],
        [types.rolePolicy, "policy", "events-delivery"],
      ] as const)
        it(`every part of ${input} of ${name} is necessary`, () => {
          const resource = one(graph, type, name);
          const results = statementsIn(resource.inputs[input]).flatMap((statement, index) => {
            const needed = (action: string): boolean =>
              !documented.includes(action) &&
              (action !== "kms:Decrypt" || statement.Sid === "DecryptStream");
            return losses(statement, needed).map((loss) => {
              const denied = deniedActions(afterLoss(graph, resource, input, index, loss));
              return { what: loss.what, denied, expected: isSpare(loss, kind) ? [] : loss.denied };
            });
          });
          assert.ok(results.length >= 3);
          assert.deepEqual(
            results.map(({ what, denied }) => ({ what, denied })),
            results.map(({ what, expected }) => ({ what, denied: [...expected].sort() })),
          );
        });
    });
  }

  /** With a Bucket Key, the contexts of single objects are granted in case it is switched off. */
  function isSpare({ what }: Loss, kind: string): boolean {
    return /aws:s3:arn than .*\/\*$/.test(what) && !kind.startsWith("existing");
  }
});

describe("other policies that restrict the roles of the component", () => {
  let graph: ResourceGraph;
  before(async () => {
    graph = await graphs["encrypted error log"]();
  });

  const withStatement = (type: string, statement: Statement): ResourceGraph => {
    const resource = one(graph, type);
    const statements = statementsIn(resource.inputs["policy"]);
    return changed(graph, resource, { policy: policyText(...statements, statement) });
  };
  const denials = (of: ResourceGraph): readonly string[] =>
    checked(of).decisions.flatMap(({ decision }) =>
      decision.outcome === "denied" ? [decision.message] : [],
    );

  for (const action of ["s3:PutObject", "s3:GetBucketLocation"])
    it(`a bucket policy can deny ${action}`, () => {
      const deny = { Effect: "Deny", Principal: "*", Action: action, Resource: "*" };
      const denied = withStatement(types.bucketPolicy, deny);
      assert.deepEqual(deniedActions(denied), [action]);
      for (const message of denials(denied))
        assert.match(message, /with an explicit deny in a resource-based policy$/);
    });

  it("a bucket policy can deny by TLS or by the encryption of objects", () => {
    const deny = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" };
    const tls = { ...deny, Condition: { Bool: { "aws:SecureTransport": "true" } } };
    assert.deepEqual(deniedActions(withStatement(types.bucketPolicy, tls)), [
      "s3:GetBucketLocation",
      "s3:PutObject",
    ]);
    const encryption = (value: string) => ({
      ...deny,
      Action: "s3:PutObject",
      Condition: { StringNotEquals: { "s3:x-amz-server-side-encryption": value } },
    });
    assert.deepEqual(deniedActions(withStatement(types.bucketPolicy, encryption("AES256"))), [
      "s3:PutObject",
    ]);
    assert.deepEqual(deniedActions(withStatement(types.bucketPolicy, encryption("aws:kms"))), []);
  });

  it("a key policy can deny roles and CloudWatch Logs", () => {
    const policy = one(graph, types.keyPolicy);
    const [account, logs] = statementsIn(policy.inputs["policy"]);
    assert.ok(account && logs);
    const only = (statement: Statement) =>
      changed(graph, policy, { policy: policyText(statement) });
    assert.deepEqual(deniedActions(only(logs)), ["kms:Decrypt", "kms:GenerateDataKey"]);
    assert.match(denials(only(logs))[0] ?? "", /no resource-based policy allows the kms:/);
    const forLogs = checked(only(account)).decisions.filter(
      ({ decision }) => decision.outcome === "denied",
    );
    assert.deepEqual(
      forLogs.map(({ call, request }) => [call, request.caller]),
      [["PutLogEvents", { service: "logs.us-east-1.amazonaws.com" }]],
    );
  });

  it("a permissions boundary denies every action that it does not allow", () => {
    const needed = [
      ["events-source", "kinesis:DescribeStream"],
      ["events-source", "kinesis:ListShards"],
      ["events-source", "kinesis:GetShardIterator"],
      ["events-source", "kinesis:GetRecords"],
      ["events-source", "kms:Decrypt"],
      ["events-delivery", "s3:GetBucketLocation"],
      ["events-delivery", "s3:PutObject"],
      ["events-delivery", "kms:GenerateDataKey"],
      ["events-delivery", "logs:PutLogEvents"],
    ] as const;
    for (const [name, action] of needed) {
      const arn = "arn:aws:iam::123456789012:policy/limits";
      const allowed = needed.flatMap(([role, each]) =>
        role === name && each !== action ? [each] : [],
      );
      const policy = policyText({ Effect: "Allow", Action: allowed, Resource: "*" });
      const boundary = withArn(types.managedPolicy, "limits", arn, { policy });
      const bound = changed(graph, one(graph, types.role, name), { permissionsBoundary: arn });
      const limited = added(bound, boundary);
      assert.deepEqual(deniedActions(limited), [action]);
      for (const message of denials(limited))
        assert.match(message, /because no permissions boundary allows/);
    }
  });
});
