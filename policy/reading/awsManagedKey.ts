/**
 * Whether the name of a key is the alias of an AWS-managed key, alone or at the end of an ARN. Only
 * AWS can create aliases of this form.
 */
export function isAwsManagedAlias(key: string): boolean {
  return /^(arn:.*:)?alias\/aws\//.test(key);
}
