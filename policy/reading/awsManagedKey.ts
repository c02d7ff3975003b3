/**
 * Whether a key's name is an alias of a key that AWS manages, alone or at the end of an ARN: no one
 * else can make an alias of this form.
 */
export function isAwsManagedAlias(key: string): boolean {
  return /^(arn:.*:)?alias\/aws\//.test(key);
}
