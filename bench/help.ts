import { sideBySide } from "./sideBySide";

// The cost of the command line itself, compared with starting Node.js.
sideBySide(
  { name: "streamlake --help", arguments: ["cli/dist/cli/main.js", "--help"] },
  { name: "starting Node.js", arguments: ["-e", "0"] },
);
