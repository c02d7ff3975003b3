import type { Stream } from "../store/stream";
import { invalidArgument } from "./kinesisFailure";
import { type Operation, operation, streamMembers, streamOf } from "./operation";
import { required, string } from "../../requestShape";

/** As answers have it; undefined for a stream that is not encrypted. */
export function encryptionOf(stream: Stream): "KMS" | undefined {
  return stream.settings.keyId === "" ? undefined : "KMS";
}

const encryption = {
  ...streamMembers,
  EncryptionType: required(string({ values: ["NONE", "KMS"] })),
  KeyId: required(string({ min: 1, max: 2048 })),
} as const;

/** AWS starts and stops encryption with KMS only: `NONE` is for descriptions. */
function requireKms(type: string): void {
  if (type !== "KMS") throw invalidArgument(`EncryptionType must be KMS, not ${type}.`);
}

/** The key is described, but records are stored as they are. */
const startStreamEncryption = operation(encryption, async (input, context) => {
  const stream = streamOf(input, context);
  requireKms(input.EncryptionType);
  await stream.update(() => ({ keyId: input.KeyId }));
  return {};
});

const stopStreamEncryption = operation(encryption, async (input, context) => {
  const stream = streamOf(input, context);
  requireKms(input.EncryptionType);
  await stream.update(() => ({ keyId: "" }));
  return {};
});

export const encryptionOperations: Readonly<Record<string, Operation>> = {
  StartStreamEncryption: startStreamEncryption,
  StopStreamEncryption: stopStreamEncryption,
};
