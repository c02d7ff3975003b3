import { Alias } from "@pulumi/pulumi/proto/alias_pb";
import {
  type RegisterResourceRequest,
  TransformResourceOptions,
} from "@pulumi/pulumi/proto/resource_pb";

/** The options of a registration, as a transform gets them. */
export function transformOptions(request: RegisterResourceRequest): TransformResourceOptions {
  const urns = request.getAliasurnsList().map((urn) => new Alias().setUrn(urn));
  const options = new TransformResourceOptions()
    .setDependsOnList(request.getDependenciesList())
    .setIgnoreChangesList(request.getIgnorechangesList())
    .setReplaceOnChangesList(request.getReplaceonchangesList())
    .setVersion(request.getVersion())
    .setAliasesList([...urns, ...request.getAliasesList()])
    .setProvider(request.getProvider())
    .setCustomTimeouts(request.getCustomtimeouts())
    .setPluginDownloadUrl(request.getPlugindownloadurl())
    .setDeletedWith(request.getDeletedwith())
    .setAdditionalSecretOutputsList(request.getAdditionalsecretoutputsList())
    .setHooks(request.getHooks())
    .setImport(request.getImportid())
    .setHideDiffList(request.getHidediffsList())
    .setReplaceWithList(request.getReplaceWithList())
    .setReplacementTrigger(request.getReplacementTrigger());
  const protect = request.getProtect();
  if (protect !== undefined) options.setProtect(protect);
  const retain = request.getRetainondelete();
  if (retain !== undefined) options.setRetainOnDelete(retain);
  if (request.getDeletebeforereplacedefined() || request.getDeletebeforereplace())
    options.setDeleteBeforeReplace(request.getDeletebeforereplace());
  for (const [name, provider] of request.getProvidersMap().entries())
    options.getProvidersMap().set(name, provider);
  return options;
}

/** Sets the options that a transform returned. What it left out is not set. */
export function applyOptions(
  request: RegisterResourceRequest,
  options: TransformResourceOptions,
): void {
  request
    .setDependenciesList(options.getDependsOnList())
    .setIgnorechangesList(options.getIgnoreChangesList())
    .setReplaceonchangesList(options.getReplaceOnChangesList())
    .setVersion(options.getVersion())
    .setAliasesList(options.getAliasesList())
    .setProvider(options.getProvider())
    .setCustomtimeouts(options.getCustomTimeouts())
    .setPlugindownloadurl(options.getPluginDownloadUrl())
    .setDeletedwith(options.getDeletedWith())
    .setAdditionalsecretoutputsList(options.getAdditionalSecretOutputsList())
    .setHooks(options.getHooks())
    .setImportid(options.getImport())
    .setHidediffsList(options.getHideDiffList())
    .setReplaceWithList(options.getReplaceWithList())
    .setReplacementTrigger(options.getReplacementTrigger())
    .setDeletebeforereplace(options.getDeleteBeforeReplace() ?? false)
    .setDeletebeforereplacedefined(options.hasDeleteBeforeReplace());
  request.clearAliasurnsList();
  request.clearProtect();
  const protect = options.getProtect();
  if (protect !== undefined) request.setProtect(protect);
  request.clearRetainondelete();
  const retain = options.getRetainOnDelete();
  if (retain !== undefined) request.setRetainondelete(retain);
  const providers = request.getProvidersMap();
  providers.clear();
  for (const [name, provider] of options.getProvidersMap().entries()) providers.set(name, provider);
}
