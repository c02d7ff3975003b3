// Prints the report of `streamlake plan --sarif FILE` as a code quality report, which GitLab shows on a merge
// request: `codeQuality.mjs FILE`.
import { readFileSync } from "node:fs";

const severities = { error: "critical", warning: "major", note: "info" };

const [file] = process.argv.slice(2);
const { runs } = JSON.parse(readFileSync(file, "utf8"));
const findings = runs.flatMap(({ results, automationDetails }) =>
  results
    .filter(({ suppressions = [] }) => suppressions.length === 0)
    .map(({ ruleId, level, message, locations, partialFingerprints }) => {
      const [{ physicalLocation }] = locations;
      return {
        check_name: ruleId,
        description: message.text,
        severity: severities[level],
        fingerprint: `${automationDetails.id}${Object.values(partialFingerprints).join("/")}`,
        location: {
          path: physicalLocation.artifactLocation.uri,
          lines: { begin: physicalLocation.region?.startLine ?? 1 },
        },
      };
    }),
);
console.log(JSON.stringify(findings, null, 2));
