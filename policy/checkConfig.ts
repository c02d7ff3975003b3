import { readFileSync } from "node:fs";
import { configProblems } from "./configProblems";
import { packRules } from "./pack";

// Checks policy config files: node policy/bin/checkConfig.js FILE...

const problems = process.argv.slice(2).flatMap((file) => {
  try {
    const config: unknown = JSON.parse(readFileSync(file, "utf8"));
    return configProblems(config, packRules()).map((problem) => `${file}: ${problem}`);
  } catch (error) {
    return [`${file}: ${(error as Error).message}`];
  }
});
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
