import { DescribeKeyCommand, GetKeyPolicyCommand, type KMSClient } from "@aws-sdk/client-kms";
import type { Parts } from "../evidence";
import type { Attempts } from "./attempts";

/** A key of the customer. */
export interface DescribedKey {
  /** What was asked for: an ID, an ARN or an alias. */
  readonly id: string;
  readonly arn: string;
  readonly part: Parts["keys"][number];
  /** Its policy as JSON; absent if it could not be read. */
  readonly policy?: string;
}

/**
 * Describes the keys that the customer manages.
 *
 * @param uses ID or ARN of a key, and what it encrypts
 */
export async function describeKeys(
  client: KMSClient,
  uses: ReadonlyMap<string, string>,
  attempts: Attempts,
): Promise<readonly DescribedKey[]> {
  const keys = await Promise.all(
    [...uses].map(([id, encrypts]) => describeKey(client, id, encrypts, attempts)),
  );
  return keys.flatMap((key) => key ?? []);
}

/** @returns undefined if AWS manages it, or, with a gap, if it could not be read */
async function describeKey(
  client: KMSClient,
  id: string,
  encrypts: string,
  attempts: Attempts,
): Promise<DescribedKey | undefined> {
  if (/(^|:)alias\/aws\//.test(id)) return undefined;
  const answer = await attempts.attempt("keys", "kms:DescribeKey", () =>
    client.send(new DescribeKeyCommand({ KeyId: id })),
  );
  if (answer === undefined) return undefined;
  if (answer === "missing") return { id, arn: id, part: { id, encrypts, state: "Missing" } };
  const {
    KeyManager,
    KeyState = "Enabled",
    Arn: arn = id,
    DeletionDate,
  } = answer.KeyMetadata ?? {};
  if (KeyManager === "AWS") return undefined;
  const policy = await attempts.attempt("access", "kms:GetKeyPolicy", () =>
    client.send(new GetKeyPolicyCommand({ KeyId: arn, PolicyName: "default" })),
  );
  return {
    ...{ id, arn },
    part: {
      ...{ id: arn, encrypts, state: KeyState },
      ...(DeletionDate && { deletedAt: DeletionDate.getTime() }),
    },
    ...(typeof policy === "object" && policy.Policy !== undefined && { policy: policy.Policy }),
  };
}
