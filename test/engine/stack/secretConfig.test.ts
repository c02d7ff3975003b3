import assert from "node:assert/strict";
import { createCipheriv, pbkdf2Sync, randomBytes } from "node:crypto";
import { join } from "node:path";
import { readStack, type StackSettings } from "../../../engine/stack/stackFile";
import { withFiles } from "../support/fixtures";

/** Encrypts as Pulumi's passphrase provider does. */
class Passphrase {
  readonly #salt = randomBytes(8);
  readonly #key: Buffer;
  constructor(passphrase: string) {
    this.#key = pbkdf2Sync(passphrase, this.#salt, 1_000_000, 32, "sha256");
  }
  get encryptionSalt(): string {
    return `v1:${this.#salt.toString("base64")}:${this.encrypt("pulumi")}`;
  }
  encrypt(text: string): string {
    const nonce = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", this.#key, nonce);
    const encrypted = [cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()];
    return `v1:${nonce.toString("base64")}:${Buffer.concat(encrypted).toString("base64")}`;
  }
}

const right = "correct horse";
const VARIABLES = ["PULUMI_CONFIG_PASSPHRASE", "PULUMI_CONFIG_PASSPHRASE_FILE"] as const;

function read(
  stackFile: string,
  environment: (directory: string) => Partial<Record<(typeof VARIABLES)[number], string>>,
): StackSettings {
  const files = {
    "Pulumi.yaml": "name: shop\nruntime: nodejs\n",
    "Pulumi.dev.yaml": stackFile,
    "passphrase.txt": `${right}\n`,
  };
  const saved = VARIABLES.map((name) => [name, process.env[name]] as const);
  return withFiles(files, (directory) => {
    const wanted = environment(directory);
    try {
      for (const name of VARIABLES) set(name, wanted[name]);
      return readStack(directory, "dev");
    } finally {
      for (const [name, value] of saved) set(name, value);
    }
  });
}

function set(name: string, value: string | undefined): void {
  if (value === undefined) Reflect.deleteProperty(process.env, name);
  else process.env[name] = value;
}

describe("secrets in a stack file", () => {
  const passphrase = new Passphrase(right);
  const encrypted = [
    `encryptionsalt: ${passphrase.encryptionSalt}`,
    "config:",
    "  name: events",
    `  token: { secure: "${passphrase.encrypt("höchst geheim: 1")}" }`,
    "  access:",
    "    user: me",
    `    keys: [{ secure: "${passphrase.encrypt("a")}" }, { secure: "${passphrase.encrypt("")}" }]`,
    "",
  ].join("\n");
  const plain = {
    "shop:name": "events",
    "shop:token": "höchst geheim: 1",
    "shop:access": '{"keys":["a",""],"user":"me"}',
  };

  it("are decrypted with the passphrase in the environment", () => {
    const stack = read(encrypted, () => ({ PULUMI_CONFIG_PASSPHRASE: right }));
    assert.deepEqual(stack.config, plain);
    assert.deepEqual(stack.secretKeys, ["shop:token", "shop:access"]);
    assert.deepEqual(stack.placeholders, {});
  });

  it("are decrypted with the passphrase in a file that the environment names", () => {
    const stack = read(encrypted, (directory) => ({
      PULUMI_CONFIG_PASSPHRASE_FILE: join(directory, "passphrase.txt"),
    }));
    assert.deepEqual(stack.config, plain);
  });

  it("have placeholders without a passphrase, at any depth, with the reason for each key", () => {
    const stack = read(encrypted, () => ({}));
    assert.deepEqual(stack.config, {
      "shop:name": "events",
      "shop:token": "[secret]",
      "shop:access": '{"keys":["[secret]","[secret]"],"user":"me"}',
    });
    assert.deepEqual(stack.secretKeys, ["shop:token", "shop:access"]);
    assert.deepEqual(Object.keys(stack.placeholders), ["shop:token", "shop:access"]);
    assert.match(stack.placeholders["shop:token"] ?? "", /set PULUMI_CONFIG_PASSPHRASE\.$/);
  });

  it("have placeholders if only a service can decrypt them, whatever the passphrase", () => {
    const cloud = "secretsprovider: awskms://alias/a\nconfig:\n  token: { secure: AAABAJ2t }\n";
    const stack = read(cloud, () => ({ PULUMI_CONFIG_PASSPHRASE: right }));
    assert.equal(stack.config["shop:token"], "[secret]");
    assert.doesNotMatch(stack.placeholders["shop:token"] ?? "", /PASSPHRASE/);
  });

  it("are an error with a wrong passphrase, which does not quote them", () => {
    for (const wrong of ["incorrect", ""])
      assert.throws(() => read(encrypted, () => ({ PULUMI_CONFIG_PASSPHRASE: wrong })), {
        message: /is not the one of the stack dev\. Set the right one, or unset both/,
      });
  });

  it("are an error if the file with the passphrase does not exist", () => {
    const environment = (directory: string) => ({
      PULUMI_CONFIG_PASSPHRASE_FILE: join(directory, "none.txt"),
    });
    assert.throws(() => read(encrypted, environment), {
      message: /^Cannot read PULUMI_CONFIG_PASSPHRASE_FILE: .*none\.txt/,
    });
  });

  it("need no passphrase in a file without secrets", () => {
    const file = `encryptionsalt: ${passphrase.encryptionSalt}\nconfig:\n  name: events\n`;
    const stack = read(file, () => ({ PULUMI_CONFIG_PASSPHRASE: "incorrect" }));
    assert.deepEqual(stack.config, { "shop:name": "events" });
  });
});
