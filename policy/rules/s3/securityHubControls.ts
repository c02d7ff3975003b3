// Security Hub controls that more than one rule on S3 buckets refers to, word for word.

export const blockPublicRead = {
  id: "S3.2",
  title: "S3 general purpose buckets should block public read access.",
};
export const blockPublicWrite = {
  id: "S3.3",
  title: "S3 general purpose buckets should block public write access.",
};
export const blockPublicAccess = {
  id: "S3.8",
  title: "S3 general purpose buckets should block public access.",
};
export const doNotUseAcls = {
  id: "S3.12",
  title: "ACLs should not be used to manage user access to S3 general purpose buckets.",
};
export const haveLifecycle = {
  id: "S3.13",
  title: "S3 general purpose buckets should have Lifecycle configurations.",
};
export const haveLifecycleOfVersions = {
  id: "S3.10",
  title: "S3 general purpose buckets with versioning enabled should have Lifecycle configurations.",
};
export const enableVersioning = {
  id: "S3.14",
  title: "S3 general purpose buckets should have versioning enabled.",
};
export const requireSsl = {
  id: "S3.5",
  title: "S3 general purpose buckets should require requests to use TLS.",
};
