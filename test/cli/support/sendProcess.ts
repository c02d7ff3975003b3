import { sendCommand } from "../../../cli/send";

sendCommand()
  .parseAsync()
  .catch((error: unknown) => {
    console.log(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  });
