import { kinesisStreamsUseCustomerManagedKeys } from "../../../policy/rules/kinesis/kinesisStreamsUseCustomerManagedKeys";
import { secret, unknown } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { stream } from "./resources";

const withKey = (kmsKeyId: unknown) => ({
  resources: stream({ encryptionType: "KMS", kmsKeyId }),
});
const arn = "arn:aws:kms:eu-central-1:123456789012";
const messages = [/kmsKeyId is an AWS-managed key: use a customer-managed key/];

export const kinesisStreamsUseCustomerManagedKeysTable: PolicyTable = {
  policy: kinesisStreamsUseCustomerManagedKeys,
  pass: {
    "a key's ARN": withKey(`${arn}:key/events`),
    "a key's id": withKey("1234abcd-12ab-34cd-56ef-1234567890ab"),
    "a customer-managed alias": withKey("alias/events"),
    "an alias that only resembles an AWS alias": withKey("alias/awsome/aws/kinesis"),
    "a secret key": withKey(secret(`${arn}:key/events`)),
  },
  fail: {
    "the alias of the AWS-managed key": { ...withKey("alias/aws/kinesis"), messages },
    "the ARN of that alias": { ...withKey(`${arn}:alias/aws/kinesis`), messages },
    "the ARN of that alias in another partition": {
      ...withKey("arn:aws-cn:kms:cn-north-1:123456789012:alias/aws/kinesis"),
      messages,
    },
    "a value that is not a string": { ...withKey(3), messages },
  },
  undecided: {
    "a key that will be created": { ...withKey(unknown), what: "kmsKeyId" },
  },
  notApplicable: {
    "a stream without a key": { resources: stream({}), reason: /no key/ },
    "a stream with an empty key": { ...withKey(""), reason: /no key/ },
  },
};
