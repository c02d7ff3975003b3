// The SDK reads something of a request and then goes through the list of policies, with nothing in
// between. A dispatched request passes on what it is about, so that the list can be one for this request.

/** What a request evaluates. */
type Subject = { readonly type: string } | { readonly resources: Listed[] };

/** The part of a request to evaluate a resource that the SDK reads. */
interface ResourceRequest {
  getType(): string;
  getProperties(): Convertible | undefined;
}

interface Convertible {
  toJavaScript(): object;
}

/** The part of a request to evaluate a stack that the SDK reads. */
interface StackRequest<Resource extends Listed> {
  getResourcesList(): Resource[];
}

/** A resource of a stack. */
export interface Listed {
  getType(): string;
}

let latest: Subject | undefined;

/** Available until the end of the synchronous run only, so that no other request gets it. */
function passOn(subject: Subject): void {
  latest = subject;
  queueMicrotask(() => {
    if (latest === subject) latest = undefined;
  });
}

/** What the request evaluates that the SDK has just read. `undefined` if it did not read one. */
export function takeSubject(): Subject | undefined {
  const subject = latest;
  latest = undefined;
  return subject;
}

/**
 * The request, which passes on its type and converts its properties once: the SDK asks for both the
 * message and its conversion for each policy, and copies what it gets.
 */
export function dispatchedResource<Request extends ResourceRequest>(
  request: Request & ResourceRequest,
): Request {
  const type = request.getType();
  const properties = request.getProperties();
  let converted: object | undefined;
  const convertible = properties && {
    toJavaScript: () => (converted ??= properties.toJavaScript()),
  };
  request.getType = () => {
    passOn({ type });
    return type;
  };
  request.getProperties = () => convertible;
  return request;
}

/** The request, which passes on its list of resources. The list can be emptied. */
export function dispatchedStack<Resource extends Listed, Request extends StackRequest<Resource>>(
  request: Request & StackRequest<Resource>,
): Request {
  const resources = [...request.getResourcesList()];
  request.getResourcesList = () => {
    passOn({ resources });
    return resources;
  };
  return request;
}
