// Imports go one way. A folder is a promise: see the table in README.md.
const may = (name, from, to) => ({
  name,
  severity: "error",
  from: { path: from },
  to: {
    path: "^(index\\.ts|config\\.ts|(components|policy|local|records|cli|generate|test|bench|examples)/)",
    pathNot: to,
  },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    may("program", "^index\\.ts", "^(config\\.ts|components/)"),
    may("config", "^config\\.ts", "^components/"),
    may("components", "^components/", "^components/"),
    may("prefix-language", "^components/prefix/", "^components/prefix/"),
    may("policy", "^policy/", "^policy/"),
    may("generate", "^generate/", "^(generate/|components/(settings|alarms)/|policy/)"),
    may("records", "^records/", "^(records/|components/prefix/)"),
    may("local", "^local/", "^(local/|components/(prefix/|iam/arn\\.ts))"),
    may("engine", "^local/engine/", "^local/engine/"),
    may("aws", "^local/aws/", "^(local/(aws|engine)/|components/(prefix/|iam/arn\\.ts))"),
    may(
      "iam",
      "^local/aws/iam/",
      "^(local/(aws/(iam/|inputReader|declaredDeliveryStreams)|engine/)|components/)",
    ),
    may("cli", "^cli/", "^(cli/|local/|records/|components/prefix/)"),
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
    exclude: { path: "(^|/)dist/|^policy/bin/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
  },
};
