import { sideBySide } from "./sideBySide";

// The cost of simulating 24 hours at 500 records/s, compared with loading the SDK and the AWS provider's
// classes in one process, which takes about as long as running the program of the stack.
sideBySide(
  {
    name: "simulate 24 h at 500/s",
    arguments: [
      ...["cli/dist/cli/main.js", "simulate", "--stack", "prod", "--rate", "500/s"],
      ...["--duration", "24h"],
    ],
  },
  {
    name: "loading @pulumi/pulumi and @pulumi/aws",
    arguments: ["-e", 'require("@pulumi/pulumi"); require("@pulumi/aws");'],
  },
);
