import type { DeliveryStreamDescription } from "@aws-sdk/client-firehose";
import type { Parts } from "../evidence";
import type { AccessModel, DescribedEncryption, RoleRequest } from "./accessModel";
import type { Attempts } from "./attempts";
import type { DiagnosisClients } from "./clients";
import { type DescribedKey, describeKeys } from "./describeKeys";
import type { DescribedBucket, DescribedStream } from "./describeResources";
import { readAccess, type ResourcePolicies } from "./readAccess";

/** What a delivery stream uses; each is absent if it does not, or if it could not be read. */
export interface UsedResources {
  readonly stream: DescribedStream | undefined;
  readonly bucket: DescribedBucket | undefined;
  /** ARN of the key of the error log. */
  readonly logKey: string | undefined;
}

interface Sources {
  readonly clients: DiagnosisClients;
  readonly model: AccessModel;
  readonly attempts: Attempts;
}

/** Reads the keys of a delivery stream, and what its roles may do. */
export async function readKeysAndAccess(
  description: DeliveryStreamDescription,
  used: UsedResources,
  { clients, model, attempts }: Sources,
): Promise<Partial<Pick<Parts, "keys" | "access">>> {
  const keys = await describeKeys(clients.kms, keyUses(description, used), attempts);
  const ofKeys = { keys: keys.map(({ part }) => part) };
  const requests = requestsOf(description, encryptionOf(description, used, keys), model, attempts);
  if (requests === undefined) return ofKeys;
  const policies = policiesOf(description, used.bucket, keys);
  const sources = { client: clients.iam, model, policies, attempts };
  return { ...ofKeys, access: await readAccess(requests, sources) };
}

/** ID or ARN of each key, and what it encrypts. */
function keyUses(
  { DeliveryStreamEncryptionConfiguration: sse, Destinations }: DeliveryStreamDescription,
  { stream, bucket, logKey }: UsedResources,
): ReadonlyMap<string, string> {
  const uses = new Map<string, string>();
  const add = (id: string | undefined, encrypts: string): void => {
    if (id !== undefined && !uses.has(id)) uses.set(id, encrypts);
  };
  add(objectKeyOf(Destinations) ?? bucket?.keyId, "the objects");
  add(stream?.keyId, "the stream");
  add(backupKeyOf(Destinations), "the backup");
  add(sse?.KeyType === "CUSTOMER_MANAGED_CMK" ? sse.KeyARN : undefined, "the delivery stream");
  add(logKey, "the error log");
  return uses;
}

function objectKeyOf(destinations: DeliveryStreamDescription["Destinations"]): string | undefined {
  const s3 = destinations?.[0]?.ExtendedS3DestinationDescription;
  return s3?.EncryptionConfiguration?.KMSEncryptionConfig?.AWSKMSKeyARN;
}

function backupKeyOf(destinations: DeliveryStreamDescription["Destinations"]): string | undefined {
  const { S3BackupMode: mode, S3BackupDescription: backup } =
    destinations?.[0]?.ExtendedS3DestinationDescription ?? {};
  const keyArn = backup?.EncryptionConfiguration?.KMSEncryptionConfig?.AWSKMSKeyARN;
  return mode === "Enabled" ? keyArn : undefined;
}

/** Keys that AWS manages need no grant, and are left out. */
function encryptionOf(
  { Destinations }: DeliveryStreamDescription,
  { stream, bucket, logKey }: UsedResources,
  keys: readonly DescribedKey[],
): DescribedEncryption {
  const arnOf = (id: string | undefined): string | undefined =>
    keys.find((key) => key.id === id)?.arn;
  const streamKey = arnOf(stream?.keyId);
  const objectKey = arnOf(objectKeyOf(Destinations) ?? bucket?.keyId);
  const ofLog = arnOf(logKey);
  return {
    ...(streamKey !== undefined && { streamKey }),
    ...(objectKey !== undefined && { objectKey }),
    ...(ofLog !== undefined && { logKey: ofLog }),
    bucketKey: bucket?.bucketKey ?? "unknown",
  };
}

/** @returns undefined, with a gap, if they are unknown */
function requestsOf(
  description: DeliveryStreamDescription,
  encryption: DescribedEncryption,
  model: AccessModel,
  attempts: Attempts,
): readonly RoleRequest[] | undefined {
  try {
    return model.requests(description, encryption);
  } catch (error) {
    attempts.note({ part: "access", reason: (error as Error).message });
    return undefined;
  }
}

/** Policies of streams, functions and tables only add permissions, and are not read. */
function policiesOf(
  { Destinations }: DeliveryStreamDescription,
  bucket: DescribedBucket | undefined,
  keys: readonly DescribedKey[],
): ResourcePolicies {
  const bucketArn = Destinations?.[0]?.ExtendedS3DestinationDescription?.BucketARN ?? "";
  return (resource) => {
    const key = keys.find(({ arn }) => arn === resource);
    if (key) return key.policy === undefined ? "unknown" : { name: "key policy", json: key.policy };
    if (resource.split(":")[2] === "kms") return "unknown";
    if (bucketArn === "" || !`${resource}/`.startsWith(`${bucketArn}/`)) return "none";
    if (bucket?.isPolicyKnown !== true) return "unknown";
    return bucket.policy === undefined ? "none" : { name: "bucket policy", json: bucket.policy };
  };
}
