import {
  type Properties,
  type PropertyValue,
  revealed,
  Secret,
  Unknown,
  valuesIn,
} from "../graph/resourceGraph";

/**
 * The inputs that accept a policy as an object, which the provider converts to JSON. Every other
 * input with a policy must be a string. Source: the inputs of type `PolicyDocument` in the provider.
 */
export const documentInputs: Readonly<Record<string, string>> = {
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": "policyDocument",
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": "policy",
  "aws:ecr/registryPolicy:RegistryPolicy": "policy",
  "aws:ecr/repositoryPolicy:RepositoryPolicy": "policy",
  "aws:elasticsearch/domain:Domain": "accessPolicies",
  "aws:elasticsearch/domainPolicy:DomainPolicy": "accessPolicies",
  "aws:iam/groupPolicy:GroupPolicy": "policy",
  "aws:iam/policy:Policy": "policy",
  "aws:iam/role:Role": "assumeRolePolicy",
  "aws:iam/rolePolicy:RolePolicy": "policy",
  "aws:iam/userPolicy:UserPolicy": "policy",
  "aws:s3/bucket:Bucket": "policy",
  "aws:s3/bucketPolicy:BucketPolicy": "policy",
  "aws:sns/topicPolicy:TopicPolicy": "policy",
  "aws:sqs/queuePolicy:QueuePolicy": "policy",
};

/** Converts a policy that is an object. The result is unknown if any part of the policy is. */
export function withDocumentStrings(type: string, inputs: Properties): Properties {
  const key = documentInputs[type];
  const document = key === undefined ? undefined : inputs[key];
  return key === undefined || document === undefined
    ? inputs
    : { ...inputs, [key]: documentString(document) };
}

function documentString(document: PropertyValue): PropertyValue {
  const plain = revealed(document);
  if (typeof plain !== "object" || plain === null) return document;
  const parts = [...valuesIn(document)];
  if (parts.some((part) => part instanceof Unknown)) return new Unknown();
  const json = JSON.stringify(plain);
  return parts.some((part) => part instanceof Secret) ? new Secret(json) : json;
}
