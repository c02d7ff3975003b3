import { sideBySide } from "./sideBySide";

// The cost of planning the dev stack and evaluating its rules, compared with what every Pulumi program
// has to do: load the SDK and the AWS provider's classes in one process. Without the policy pack, and
// without the cache, it shows what each of them costs.
const plan = ["cli/dist/cli/main.js", "plan", "--stack", "dev"];
const loading = {
  name: "loading @pulumi/pulumi and @pulumi/aws/kinesis",
  arguments: ["-e", 'require("@pulumi/pulumi"); require("@pulumi/aws/kinesis");'],
};
for (const options of [[], ["--no-policy"], ["--no-cache"]])
  sideBySide({ name: ["plan", ...options].join(" "), arguments: [...plan, ...options] }, loading);
