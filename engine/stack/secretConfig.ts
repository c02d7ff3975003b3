import { createDecipheriv, pbkdf2Sync } from "node:crypto";
import { readFileSync } from "node:fs";

/** The program gets this for a secret config value that cannot be decrypted. */
export const SECRET_PLACEHOLDER = "[secret]";

/** The content of a stack file. */
type StackYaml = Readonly<Record<string, unknown>>;

/** Returns the plain text of an encrypted value. */
export type Decrypt = (encrypted: string) => string;

/**
 * How to decrypt the secrets of a stack file. As for the Pulumi CLI, the passphrase is in the environment
 * variable `PULUMI_CONFIG_PASSPHRASE`, or in the file that `PULUMI_CONFIG_PASSPHRASE_FILE` names.
 *
 * @returns undefined without a passphrase, and for secrets that only Pulumi Cloud or a key management
 *   service can decrypt
 * @throws Error if the passphrase is not the one of the stack
 */
export function decrypterOf(file: StackYaml, stack: string): Decrypt | undefined {
  const salt = file["encryptionsalt"];
  const passphrase = passphraseOf(process.env);
  if (typeof salt !== "string" || passphrase === undefined) return undefined;
  const [version, encodedSalt = "", ...check] = salt.split(":");
  const key = keyOf(passphrase, Buffer.from(encodedSalt, "base64"));
  const decrypt: Decrypt = (encrypted) => decryptValue(key, encrypted);
  try {
    // The file contains this word, encrypted, so that a wrong passphrase is noticed.
    if (version === "v1" && decrypt(check.join(":")) === "pulumi") return decrypt;
  } catch {
    // AES-GCM detects a wrong key.
  }
  throw new Error(
    `The passphrase in PULUMI_CONFIG_PASSPHRASE (or PULUMI_CONFIG_PASSPHRASE_FILE) is not the one of the stack ${stack}. ` +
      "Set the right one, or unset both to continue with placeholders for secrets.",
  );
}

/** Why the secrets of a stack file have placeholders, and what to do. */
export function whyPlaceholder(file: StackYaml): string {
  const reason =
    `The value is encrypted, so the program gets the placeholder ${SECRET_PLACEHOLDER}. ` +
    "What depends on it is unknown.";
  return typeof file["encryptionsalt"] === "string"
    ? `${reason} To decrypt it, set PULUMI_CONFIG_PASSPHRASE.`
    : reason;
}

function passphraseOf(environment: NodeJS.ProcessEnv): string | undefined {
  const passphrase = environment["PULUMI_CONFIG_PASSPHRASE"];
  const file = environment["PULUMI_CONFIG_PASSPHRASE_FILE"];
  if (passphrase !== undefined || !file) return passphrase;
  try {
    return readFileSync(file, "utf8").trim();
  } catch (error) {
    throw new Error(`Cannot read PULUMI_CONFIG_PASSPHRASE_FILE: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

// The format of Pulumi's passphrase provider: `v1:<nonce>:<encrypted text and tag>`, in Base64.
// Source: sdk/go/common/resource/config/crypt.go in pulumi/pulumi.
const ITERATIONS = 1_000_000;
const KEY_BYTES = 32;
const TAG_BYTES = 16;

function keyOf(passphrase: string, salt: Buffer): Buffer {
  return pbkdf2Sync(passphrase, salt, ITERATIONS, KEY_BYTES, "sha256");
}

function decryptValue(key: Buffer, encrypted: string): string {
  const [version, nonce, text] = encrypted.split(":");
  if (version !== "v1" || nonce === undefined || text === undefined)
    throw new Error("A secret of the stack file is not in the format v1:<nonce>:<text>.");
  const bytes = Buffer.from(text, "base64");
  const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonce, "base64"));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  const plain = [decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()];
  return Buffer.concat(plain).toString("utf8");
}
