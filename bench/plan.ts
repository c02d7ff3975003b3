import { sideBySide } from "./sideBySide";

// How much does planning and gating the dev stack cost beyond what no Pulumi program can avoid:
// loading the SDK and the AWS provider's classes in one process?
sideBySide(
  { name: "plan", arguments: ["dist/cli/main.js", "plan", "--stack", "dev"] },
  {
    name: "loading @pulumi/pulumi and @pulumi/aws",
    arguments: ["-e", 'require("@pulumi/pulumi"); require("@pulumi/aws");'],
  },
);
