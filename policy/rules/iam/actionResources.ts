import { hasWildcard, isOnlyWildcards, patternsMeet } from "../../reading/wildcard";
import { actionsOfService, type AwsAction } from "./awsActions";

/** Buckets, in the data of actions. The name of a bucket contains no slash, unlike other names. */
const bucketArn = "arn:*:s3:::*";

/**
 * Whether an action can apply to a resource that a pattern of Resource covers. Region and account are not
 * compared: they say which resource, not of which kind.
 */
export function appliesTo({ name, arns }: AwsAction, pattern: string): boolean {
  const resource = withoutVariables(pattern);
  if (isOnlyWildcards(resource)) return true;
  if (arns.length > 0) return arns.some((arn) => areOfOneKind(arn, resource));
  // The data omits some types, such as the stream of kinesis:UpdateShardCount, and for some services all:
  // Session Manager needs ssmmessages:OpenDataChannel on the sessions of ssm.
  const service = serviceOf(resource);
  return service === undefined || isOfService(name, service) !== false;
}

/**
 * Whether the actions of a service have resources in ARNs of another, or of a related service, as those of
 * redshift-data in ARNs of redshift. `undefined` if the data has no resources of the service.
 */
export function isOfService(action: string, service: string): boolean | undefined {
  const [prefix = ""] = action.toLowerCase().split(":");
  const owners = arnServices(prefix);
  if (owners.length === 0) return undefined;
  return [prefix, ...owners].some((own) => patternsMeet(own, service) || areRelated(own, service));
}

function areRelated(one: string, other: string): boolean {
  const names = (name: string, part: string) => part.split("-").some((word) => name.includes(word));
  return !hasWildcard(other) && (names(one, other) || names(other, one));
}

/** The services in the ARNs of the resources of a service. */
function arnServices(prefix: string): readonly string[] {
  const known = services.get(prefix);
  if (known) return known;
  const arns = [...(actionsOfService(prefix)?.values() ?? [])].flatMap((found) => found.arns);
  const found = [...new Set(arns.map((arn) => serviceOf(arn) ?? "*"))];
  services.set(prefix, found);
  return found;
}

/** The service in an ARN; `undefined` if it has none, or one that a wildcard may extend. */
export function serviceOf(pattern: string): string | undefined {
  const [arn, , service] = withoutVariables(pattern).split(":");
  return arn === "arn" ? service : undefined;
}

const services = new Map<string, readonly string[]>();

/** Variables such as `${aws:username}` match any characters, as far as a rule knows. */
function withoutVariables(pattern: string): string {
  return pattern.replaceAll(/\$\{[^}]*\}/g, "*");
}

function areOfOneKind(arn: string, resource: string): boolean {
  if (arn === bucketArn && resource.includes("/")) return false;
  const [one, other] = [partsOf(arn), partsOf(resource)];
  if (other.tail === "") return patternsMeet(arn, resource);
  if (!patternsMeet(one.service, other.service)) return false;
  if (other.rest !== "" && patternsMeet(one.rest, other.rest)) return true;
  // A wildcard may also stand for several parts: arn:aws:logs:*:log-group:lake, arn:aws:s3:*.
  return hasWildcard(other.tail) && patternsMeet(one.tail, other.tail);
}

/** `arn:partition:service:region:account:rest`. The rest can contain colons. */
function partsOf(arn: string) {
  const [, , service = "", ...tail] = arn.split(":");
  return { service, tail: tail.join(":"), rest: tail.slice(2).join(":") };
}
