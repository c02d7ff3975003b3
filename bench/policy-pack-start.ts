import { sideBySide } from "./sideBySide";

// The cost of starting the policy pack, compared with loading the SDK, which every pack has to do.
sideBySide(
  { name: "policy pack ready", arguments: ["bench/startPack.cjs", "policy"] },
  { name: "loading @pulumi/policy", arguments: ["-e", 'require("@pulumi/policy");'] },
);
