// Imports go one way. A folder is a promise: the table in CONTRIBUTING.md says what each may import.
const houseRooms =
  "^(index\\.ts|config\\.ts|(aws|bench|cli|components|engine|examples|generate|local|policy|records|test)/)";

/** Files below `from` may import those below `to`, and nothing else of this project. */
const may = (name, from, to) => ({
  name,
  severity: "error",
  from: { path: from },
  to: { path: houseRooms, pathNot: to },
});

const sharedByServices = "aws/[^/]+\\.ts$|engine/graph/|components/(prefix/|iam/arn\\.ts)";

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    may("program", "^index\\.ts", "^(config\\.ts|components/)"),
    may("config", "^config\\.ts", "^components/"),
    may("components", "^components/", "^components/"),
    may("prefix-language", "^components/prefix/", "^components/prefix/"),
    may("policy", "^policy/", "^policy/"),
    may("engine", "^engine/", "^engine/"),
    may("resource-graph", "^engine/graph/", "^engine/graph/"),
    may("aws-shared", "^aws/[^/]+\\.ts$", "^aws/[^/]+\\.ts$"),
    may("iam", "^aws/iam/", `^(aws/iam/|${sharedByServices})`),
    may("kinesis", "^aws/kinesis/", `^(aws/kinesis/|${sharedByServices})`),
    may("s3", "^aws/s3/", `^(aws/s3/|${sharedByServices})`),
    may(
      "firehose",
      "^aws/firehose/",
      `^(aws/(firehose/|iam/accessRequest\\.ts)|${sharedByServices})`,
    ),
    may("cloudwatch", "^aws/cloudwatch/", `^(aws/cloudwatch/|${sharedByServices})`),
    may(
      "access",
      "^local/access/",
      "^(local/access/|aws/|engine/|components/(prefix/|iam/arn\\.ts))",
    ),
    may("monitoring", "^local/monitoring/", "^(local/monitoring/|aws/|engine/)"),
    may(
      "run",
      "^local/run/",
      "^(local/(run|access|monitoring)/|aws/|engine/|components/(prefix/|iam/arn\\.ts))",
    ),
    may(
      "simulation",
      "^local/simulation/",
      "^(local/simulation/|aws/|engine/|components/(prefix/|iam/arn\\.ts))",
    ),
    may("records", "^records/", "^(records/|components/(prefix/|iam/arn\\.ts))"),
    may("cli", "^cli/", "^(cli/|records/|local/|engine/|aws/|components/prefix/)"),
    may("generate", "^generate/", "^(generate/|components/(settings|alarms)/|policy/)"),
    may("examples", "^examples/", "^(examples/|components/)"),
    {
      name: "sources-not-compiled",
      comment:
        "./components is the package for other languages, compiled: import ./components/index.",
      severity: "error",
      from: { pathNot: "^components/bin/" },
      to: { path: "^components/bin/" },
    },
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "pure-logic-without-pulumi",
      comment: "What documents, alarms, SQL and settings say is tested without Pulumi.",
      severity: "error",
      from: { path: "^components/(alarms|athena|iam|prefix|settings)/" },
      to: { path: "node_modules/@pulumi/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)dist/|^(policy|components)/bin/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
  },
};
