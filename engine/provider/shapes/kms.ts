import { arn, type AwsShape, type AwsShapes } from "./shape";

const key: AwsShape = {
  tagged: true,
  outputs: { keyId: "{uuid}", arn: arn("kms", "key/{keyId}") },
  id: "{keyId}",
};

/** A replica has the id of its primary key, in another region. */
const replica: AwsShape = {
  tagged: true,
  outputs: { keyId: "{primaryKeyArn|base}", arn: arn("kms", "key/{keyId}") },
  id: "{keyId}",
};

/** Sources: Service Authorization Reference, "AWS Key Management Service"; provider, "Import". */
export const kmsShapes: AwsShapes = {
  "aws:kms/alias:Alias": {
    name: { property: "name", maxLength: 256, begin: "alias/" },
    outputs: { arn: arn("kms", "{name}") },
    id: "{name}",
  },
  "aws:kms/ciphertext:Ciphertext": {},
  "aws:kms/customKeyStore:CustomKeyStore": {},
  "aws:kms/externalKey:ExternalKey": {
    tagged: true,
    outputs: { arn: arn("kms", "key/{uuid}") },
    id: "{uuid}",
  },
  "aws:kms/grant:Grant": { name: { property: "name", maxLength: 256 } },
  "aws:kms/key:Key": key,
  "aws:kms/keyPolicy:KeyPolicy": { id: "{keyId}" },
  "aws:kms/replicaExternalKey:ReplicaExternalKey": replica,
  "aws:kms/replicaKey:ReplicaKey": replica,
};
