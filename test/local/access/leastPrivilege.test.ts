import assert from "node:assert/strict";
import { checkAccess, type AccessCheck } from "../../../local/access/checkAccess";
import type { GraphResource, ResourceGraph } from "../../../engine/graph/resourceGraph";
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

/** Granted since AWS asks for it, and not needed in an undisturbed life: see `documentedRequests`. */
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

/** The actions that are denied, each once; nothing may be undecided. */
function deniedActions(graph: ResourceGraph): readonly string[] {
  const { decisions, notChecked: notChecked } = checked(graph);
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

/** A change to a statement, and the actions that someone must miss then. */
interface Loss {
  readonly what: string;
  /** Undefined: the statement is gone. */
  readonly statement: Statement | undefined;
  readonly missed: readonly string[];
}

/** Every single thing that can be taken out of a statement, or made to mean something else. */
function losses(statement: Statement, needed: (action: string) => boolean): readonly Loss[] {
  const { Sid = "", Condition = {} } = statement;
  const actions = listed(statement.Action);
  const resources = listed(statement.Resource);
  const missed = actions.filter(needed);
  return [
    ...actions.map((action) => ({
      what: `${Sid} without ${action}`,
      statement:
        actions.length === 1
          ? undefined
          : { ...statement, Action: actions.filter((each) => each !== action) },
      missed: [action].filter(needed),
    })),
    ...resources.map((resource) => ({
      what: `${Sid} on another resource than ${resource}`,
      statement: { ...statement, Resource: withOne(resources, resource, otherOf(resource)) },
      missed,
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
          missed,
        })),
      ),
    ),
    ...(statement.Principal === undefined
      ? []
      : [
          {
            what: `${Sid} for another principal`,
            statement: { ...statement, Principal: { Service: "lambda.amazonaws.com" } },
            missed,
          },
        ]),
  ];
}

const otherOf = (text: string): string =>
  /^\d{12}$/.test(text) ? "210987654321" : text.replace(/(\/\*)?$/, "-other$1");

/** The graph after a loss in the policy that an input of a resource holds. */
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
  // AWS takes no policy without a statement.
  const kept = statements.length > 0 ? statements : [nothing];
  return changed(graph, resource, { [input]: policyText(...kept) });
}
const nothing: Statement = {
  Effect: "Deny",
  Principal: { Service: "lambda.amazonaws.com" },
  Action: "sts:AssumeRole",
};

describe("the roles of the component", () => {
  for (const [kind, make] of Object.entries(graphs)) {
    describe(`of a pipeline: ${kind}`, () => {
      let graph: ResourceGraph;
      before(async () => {
        graph = await make();
      });

      it("may do all that Firehose does, and no grant is without a reason", () => {
        const { unused, decisions } = checked(graph);
        assert.deepEqual(deniedActions(graph), []);
        assert.deepEqual(unused.tooMuch, []);
        const asked = new Set(unused.documented.map(({ action }) => action));
        assert.deepEqual([...asked].sort(), ["kms:Decrypt", ...documented]);
        assert.equal(new Set(decisions.map(({ call }) => call)).size, 9);
      });

      for (const [type, input, name] of [
        [types.role, "assumeRolePolicy", "events-source"],
        [types.role, "assumeRolePolicy", "events-delivery"],
        [types.rolePolicy, "policy", "events-source"],
        [types.rolePolicy, "policy", "events-delivery"],
      ] as const)
        it(`are missed in every part: ${name}, ${input}`, () => {
          const resource = one(graph, type, name);
          const tried = statementsIn(resource.inputs[input]).flatMap((statement, index) => {
            const needed = (action: string): boolean =>
              !documented.includes(action) &&
              (action !== "kms:Decrypt" || statement.Sid === "DecryptStream");
            return losses(statement, needed).map((loss) => {
              const denied = deniedActions(afterLoss(graph, resource, input, index, loss));
              return { what: loss.what, denied, missed: unneeded(loss, kind) ? [] : loss.missed };
            });
          });
          assert.ok(tried.length >= 3);
          assert.deepEqual(
            tried.map(({ what, denied }) => ({ what, denied })),
            tried.map(({ what, missed }) => ({ what, denied: [...missed].sort() })),
          );
        });
    });
  }

  /** With a Bucket Key, objects' own contexts are there for the day that it is switched off. */
  function unneeded({ what }: Loss, kind: string): boolean {
    return /aws:s3:arn than .*\/\*$/.test(what) && !kind.startsWith("existing");
  }
});

describe("what stands against the roles of the component", () => {
  let graph: ResourceGraph;
  before(async () => {
    graph = await graphs["encrypted error log"]();
  });

  const against = (type: string, statement: Statement): ResourceGraph => {
    const resource = one(graph, type);
    const statements = statementsIn(resource.inputs["policy"]);
    return changed(graph, resource, { policy: policyText(...statements, statement) });
  };
  const messages = (of: ResourceGraph): readonly string[] =>
    checked(of).decisions.flatMap(({ decision }) =>
      decision.outcome === "denied" ? [decision.message] : [],
    );

  for (const action of ["s3:PutObject", "s3:GetBucketLocation"])
    it(`a bucket policy that denies ${action}`, () => {
      const deny = { Effect: "Deny", Principal: "*", Action: action, Resource: "*" };
      const denied = against(types.bucketPolicy, deny);
      assert.deepEqual(deniedActions(denied), [action]);
      for (const message of messages(denied))
        assert.match(message, /with an explicit deny in a resource-based policy$/);
    });

  it("a bucket policy that denies TLS, or objects without another encryption", () => {
    const deny = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" };
    const tls = { ...deny, Condition: { Bool: { "aws:SecureTransport": "true" } } };
    assert.deepEqual(deniedActions(against(types.bucketPolicy, tls)), [
      "s3:GetBucketLocation",
      "s3:PutObject",
    ]);
    const encryption = (value: string) => ({
      ...deny,
      Action: "s3:PutObject",
      Condition: { StringNotEquals: { "s3:x-amz-server-side-encryption": value } },
    });
    assert.deepEqual(deniedActions(against(types.bucketPolicy, encryption("AES256"))), [
      "s3:PutObject",
    ]);
    assert.deepEqual(deniedActions(against(types.bucketPolicy, encryption("aws:kms"))), []);
  });

  it("a key policy that leaves nothing to IAM, or not to CloudWatch Logs", () => {
    const policy = one(graph, types.keyPolicy);
    const [account, logs] = statementsIn(policy.inputs["policy"]);
    assert.ok(account && logs);
    const only = (statement: Statement) =>
      changed(graph, policy, { policy: policyText(statement) });
    assert.deepEqual(deniedActions(only(logs)), ["kms:Decrypt", "kms:GenerateDataKey"]);
    assert.match(messages(only(logs))[0] ?? "", /no resource-based policy allows the kms:/);
    const forLogs = checked(only(account)).decisions.filter(
      ({ decision }) => decision.outcome === "denied",
    );
    assert.deepEqual(
      forLogs.map(({ call, request }) => [call, request.caller]),
      [["PutLogEvents", { service: "logs.us-east-1.amazonaws.com" }]],
    );
  });

  it("a permissions boundary that lacks any one action", () => {
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
      const text = policyText({ Effect: "Allow", Action: allowed, Resource: "*" });
      const boundary = withArn(types.managedPolicy, "limits", arn, { policy: text });
      const bound = changed(graph, one(graph, types.role, name), { permissionsBoundary: arn });
      const limited = added(bound, boundary);
      assert.deepEqual(deniedActions(limited), [action]);
      for (const message of messages(limited))
        assert.match(message, /because no permissions boundary allows/);
    }
  });
});
