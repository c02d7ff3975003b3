import { startPack } from "./pack";

// Pulumi starts the pack in the pack's directory.
startPack({ directory: process.cwd() });
