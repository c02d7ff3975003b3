import { parseArn } from "./arn";

/**
 * The value of the condition key `kms:ViaService` for calls that `service` makes with a key.
 * They come from the key's own region, since a key serves no other. Both spellings are given in
 * China, where service host names end in `.cn`.
 *
 * Source: AWS KMS Developer Guide, "AWS KMS condition keys".
 */
export function viaService(
  service: "kinesis" | "logs" | "s3",
  keyArn: string,
): string | readonly string[] {
  const { partition, region } = parseArn(keyArn);
  const host = `${service}.${region}.amazonaws.com`;
  return partition === "aws-cn" ? [host, `${host}.cn`] : host;
}
