// Imports go one way. generate/rooms.json has the directions; CONTRIBUTING.md shows them.
const rooms = require("./generate/rooms.json");

const product = ["index.ts"].concat(
  ["aws", "bench", "cli", "components", "engine", "examples", "generate"],
  ["local", "policy", "records", "test"],
);

/** A room is a directory, a file, or the files of a directory (`aws/*.ts`). */
function patternOf(room) {
  const escaped = room.replaceAll(".", "\\.").replace("*", "[^/]+");
  return room.endsWith(".ts") ? `^${escaped}$` : `^${escaped}/`;
}

function directionOf({ room, imports }) {
  return {
    name: room,
    severity: "error",
    from: { path: patternOf(room) },
    to: { path: product.map(patternOf), pathNot: [room, ...imports].map(patternOf) },
  };
}

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...rooms.map(directionOf),
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
      comment: "Documents, alarms, SQL and settings are tested without Pulumi.",
      severity: "error",
      from: { path: "^components/(alarms|athena|iam|prefix|settings)/" },
      to: { path: "node_modules/@pulumi/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)dist/|^(policy|components)/bin/|^cli/template/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
  },
};
