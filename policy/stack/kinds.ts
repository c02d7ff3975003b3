import { bucketTypes, keyType, logStreamType, roleType, streamType } from "../resourceTypes";

/** A kind of resource that others refer to. */
export interface Kind {
  readonly types: readonly string[];
  /** The properties by whose values others name it. */
  readonly namedBy: readonly string[];
}

export const buckets: Kind = { types: bucketTypes, namedBy: ["bucket", "arn"] };
export const streams: Kind = { types: [streamType], namedBy: ["name", "arn"] };
export const keys: Kind = { types: [keyType], namedBy: ["keyId", "arn"] };
export const roles: Kind = { types: [roleType], namedBy: ["name", "arn"] };
export const logStreams: Kind = { types: [logStreamType], namedBy: ["name", "arn"] };
