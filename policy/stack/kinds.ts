import { bucketTypes, keyType, roleType, streamType } from "../resourceTypes";

/** A kind of resource that other resources refer to. */
export interface Kind {
  readonly types: readonly string[];
  /** The properties whose values other resources refer to it by. */
  readonly namedBy: readonly string[];
}

export const buckets: Kind = { types: bucketTypes, namedBy: ["bucket", "arn"] };
export const streams: Kind = { types: [streamType], namedBy: ["name", "arn"] };
export const keys: Kind = { types: [keyType], namedBy: ["keyId", "arn"] };
export const roles: Kind = { types: [roleType], namedBy: ["name", "arn"] };
