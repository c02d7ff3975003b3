import { sideBySide } from "./sideBySide";

// The cost of planning the dev stack and evaluating its rules, compared with what every Pulumi program
// has to do: load the SDK and the AWS provider's classes in one process.
sideBySide(
  { name: "plan", arguments: ["cli/dist/cli/main.js", "plan", "--stack", "dev"] },
  {
    name: "loading @pulumi/pulumi and @pulumi/aws",
    arguments: ["-e", 'require("@pulumi/pulumi"); require("@pulumi/aws");'],
  },
);
