import {
  CallRequest,
  ConstructRequest,
  type ConstructResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import {
  type RegisterResourceRequest,
  RegisterResourceResponse,
  type ResourceCallRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import type { StackSettings } from "../stack/stackFile";

/** The run that a component is part of. */
export interface ConstructionTarget {
  readonly settings: Pick<StackSettings, "stack" | "config" | "secretKeys"> & {
    readonly project: Pick<StackSettings["project"], "name">;
  };
  /** host:port of the engine. */
  readonly engine: string;
}

/** What the two requests to a plugin share. */
function aboutStack<Request extends ConstructRequest | CallRequest>(
  request: Request,
  { settings, engine }: ConstructionTarget,
): Request {
  request
    .setProject(settings.project.name)
    .setStack(settings.stack)
    .setOrganization("organization")
    .setDryrun(true)
    .setParallel(1)
    .setMonitorendpoint(engine)
    .setConfigsecretkeysList([...settings.secretKeys])
    .setAcceptsOutputValues(true);
  for (const [key, value] of Object.entries(settings.config))
    request.getConfigMap().set(key, value);
  return request;
}

/** The plugin's request for a component that a program registers. */
export function constructRequest(
  registered: RegisterResourceRequest,
  target: ConstructionTarget,
): ConstructRequest {
  const request = aboutStack(new ConstructRequest(), target)
    .setType(registered.getType())
    .setName(registered.getName())
    .setParent(registered.getParent())
    .setInputs(registered.getObject())
    .setDependenciesList(registered.getDependenciesList())
    .setAliasesList(registered.getAliasesList())
    .setIgnorechangesList(registered.getIgnorechangesList())
    .setReplaceonchangesList(registered.getReplaceonchangesList())
    .setAdditionalsecretoutputsList(registered.getAdditionalsecretoutputsList())
    .setDeletedwith(registered.getDeletedwith())
    .setReplaceWithList(registered.getReplaceWithList())
    .setReplacementTrigger(registered.getReplacementTrigger());
  const [protect, retain] = [registered.getProtect(), registered.getRetainondelete()];
  if (registered.hasProtect() && protect !== undefined) request.setProtect(protect);
  if (registered.hasRetainondelete() && retain !== undefined) request.setRetainondelete(retain);
  for (const [property, links] of registered.getPropertydependenciesMap().entries())
    request
      .getInputdependenciesMap()
      .set(property, new ConstructRequest.PropertyDependencies().setUrnsList(links.getUrnsList()));
  for (const [name, provider] of registered.getProvidersMap().entries())
    request.getProvidersMap().set(name, provider);
  const timeouts = registered.getCustomtimeouts();
  if (timeouts !== undefined)
    request.setCustomtimeouts(
      new ConstructRequest.CustomTimeouts()
        .setCreate(timeouts.getCreate())
        .setUpdate(timeouts.getUpdate())
        .setDelete(timeouts.getDelete()),
    );
  return request;
}

/** The answer to the program for a component that a plugin has constructed. */
export function constructedResponse(constructed: ConstructResponse): RegisterResourceResponse {
  const response = new RegisterResourceResponse()
    .setUrn(constructed.getUrn())
    .setObject(constructed.getState());
  for (const [property, links] of constructed.getStatedependenciesMap().entries())
    response
      .getPropertydependenciesMap()
      .set(
        property,
        new RegisterResourceResponse.PropertyDependencies().setUrnsList(links.getUrnsList()),
      );
  return response;
}

/** The plugin's request for a method that a program calls. */
export function callRequest(called: ResourceCallRequest, target: ConstructionTarget): CallRequest {
  const request = aboutStack(new CallRequest(), target)
    .setTok(called.getTok())
    .setArgs(called.getArgs());
  for (const [argument, links] of called.getArgdependenciesMap().entries())
    request
      .getArgdependenciesMap()
      .set(argument, new CallRequest.ArgumentDependencies().setUrnsList(links.getUrnsList()));
  return request;
}
