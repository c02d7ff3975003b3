import { isDeepStrictEqual } from "node:util";
import { type handleUnaryCall, Server, status } from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import {
  type CheckRequest,
  CheckResponse,
  type ConfigureRequest,
  ConfigureResponse,
  type CreateRequest,
  CreateResponse,
  type DiffRequest,
  DiffResponse,
  GetSchemaResponse,
  type InvokeRequest,
  InvokeResponse,
  PropertyDiff,
  type ReadRequest,
  ReadResponse,
  type UpdateRequest,
  UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { version } from "@pulumi/aws/package.json";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { OfflineAnswers } from "../../../engine/functions/offlineAnswers";
import {
  type GraphResource,
  isGroup,
  type Properties,
  type PropertyValue,
  revealed,
  Unknown,
} from "../../../engine/graph/resourceGraph";
import { openEnginePort } from "../../../engine/program/enginePort";
import { stackScope } from "../../../engine/provider/awsScope";
import { madeUpProvider, previewProvider } from "../../../engine/provider/madeUpProvider";
import { decodeProperties, encodeProperties } from "../../../engine/wire";
import { replacedBy } from "../../../local/changes/replacement/replacedBy";
import { ROOT } from "./pulumiProject";

/** A provider for the package `aws` that keeps everything in the state of the stack. */
export interface StandInProvider {
  readonly port: number;
  close(): void;
}

/**
 * Starts a provider that answers Pulumi's engine with what the offline engine knows of AWS, so that a
 * comparison of both shows how the engines differ, not how AWS does.
 */
export async function startStandIn(): Promise<StandInProvider> {
  const port = await openEnginePort();
  const server = new Server({ "grpc.max_receive_message_length": 400 * 1024 * 1024 });
  server.addService(ResourceProviderService, service());
  port.serve(server);
  return {
    port: Number(port.address.split(":").at(-1)),
    close: () => {
      port.close();
      server.forceShutdown();
    },
  };
}

/** The config of one provider resource: full key -> string, as the config of a stack has it. */
type Config = Readonly<Record<string, string>>;

function service() {
  // The engine has a connection for each provider resource.
  const configs = new Map<string, Config>();
  const answer =
    <Request, Response>(
      handle: (request: Request, config: Config) => Response | Promise<Response>,
    ): handleUnaryCall<Request, Response> =>
    (call, callback) => {
      Promise.resolve(configs.get(call.getPeer()) ?? {})
        .then((config) => handle(call.request, config))
        .then(
          (response) => {
            callback(null, response);
          },
          (error: unknown) => {
            callback({ code: status.UNKNOWN, details: (error as Error).message });
          },
        );
    };
  const configure: handleUnaryCall<ConfigureRequest, ConfigureResponse> = (call, callback) => {
    configs.set(call.getPeer(), configOf(decodeProperties(call.request.getArgs())));
    callback(null, new ConfigureResponse().setAcceptsecrets(true).setSupportspreview(true));
  };
  return {
    configure,
    attach: answer(() => new Empty()),
    cancel: answer(() => new Empty()),
    getPluginInfo: answer(() => new PluginInfo().setVersion(version)),
    getSchema: answer(() =>
      new GetSchemaResponse().setSchema(JSON.stringify({ name: "aws", version })),
    ),
    checkConfig: answer((request: CheckRequest) =>
      new CheckResponse().setInputs(request.getNews()),
    ),
    diffConfig: answer(() => new DiffResponse().setChanges(DiffResponse.DiffChanges.DIFF_NONE)),
    check: answer(check),
    diff: answer(diff),
    create: answer(create),
    read: answer(read),
    update: answer(update),
    delete: answer(() => new Empty()),
    invoke: answer(invoke),
  };
}

function configOf(inputs: Properties): Config {
  return Object.fromEntries(
    Object.entries(inputs).map(([key, value]) => [
      `aws:${key}`,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}

function regionOf(config: Config): string {
  return config["aws:region"] ?? "us-east-1";
}

interface Identified {
  getUrn(): string;
  getType(): string;
  getName(): string;
}

function requestOf(request: Identified, inputs: Properties) {
  return { urn: request.getUrn(), type: request.getType(), name: request.getName(), inputs };
}

function check(request: CheckRequest, config: Config): CheckResponse {
  const news = requestOf(request, decodeProperties(request.getNews()));
  const inputs = madeUpProvider(regionOf(config), config).check(news);
  return new CheckResponse().setInputs(encodeProperties(inputs));
}

async function create(request: CreateRequest, config: Config): Promise<CreateResponse> {
  const providerOf = request.getPreview() ? previewProvider : madeUpProvider;
  const declared = requestOf(request, decodeProperties(request.getProperties()));
  const { id, outputs } = await providerOf(regionOf(config), config).create(declared);
  // AWS chooses the ids of some types, and every resource in a state has one.
  const chosen = request.getPreview() ? "" : `chosen-${request.getName()}`;
  return new CreateResponse().setId(id ?? chosen).setProperties(encodeProperties(outputs));
}

async function read(request: ReadRequest, config: Config): Promise<ReadResponse> {
  const state = decodeProperties(request.getProperties());
  const id = request.getId();
  const response = new ReadResponse().setId(id);
  // Of a resource of the stack, which nobody else has changed.
  if (request.hasInputs() && Object.keys(state).length > 0)
    return response.setProperties(request.getProperties()).setInputs(request.getInputs());
  const found = await madeUpProvider(regionOf(config), config).read({
    ...requestOf(request, state),
    id,
  });
  return response.setProperties(encodeProperties(found.outputs)).setInputs(request.getInputs());
}

async function update(request: UpdateRequest, config: Config): Promise<UpdateResponse> {
  const declared = requestOf(request, decodeProperties(request.getNews()));
  const { outputs } = await madeUpProvider(regionOf(config), config).create(declared);
  return new UpdateResponse().setProperties(encodeProperties(outputs));
}

function diff(request: DiffRequest): DiffResponse {
  const [olds, news] = [request.getOldInputs(), request.getNews()].map(
    (inputs) => revealed(decodeProperties(inputs)) as Properties,
  ) as [Properties, Properties];
  const ignored = new Set(request.getIgnorechangesList());
  const changed = [...changes(olds, news)].filter(([property = ""]) => !ignored.has(property));
  const response = new DiffResponse()
    .setChanges(DiffResponse.DiffChanges[changed.length > 0 ? "DIFF_SOME" : "DIFF_NONE"])
    .setHasdetaileddiff(true);
  const version = { type: request.getType(), options: {} } as GraphResource;
  const forced = replacedBy({
    before: { ...version, inputs: olds },
    after: { ...version, inputs: news },
  });
  const isReplacing = (path: string) =>
    forced?.some((input) => path === input || path.startsWith(`${input}.`)) === true;
  for (const path of changed) {
    const [property = ""] = path;
    const { UPDATE, UPDATE_REPLACE } = PropertyDiff.Kind;
    const kind = isReplacing(path.join(".")) ? UPDATE_REPLACE : UPDATE;
    response.getDetaileddiffMap().set(path.join("."), new PropertyDiff().setKind(kind));
    response.addDiffs(property);
    if (kind === UPDATE_REPLACE) response.addReplaces(property);
  }
  return response;
}

/** The paths of the properties that differ. */
function* changes(old: PropertyValue, now: PropertyValue): Generator<readonly string[]> {
  if (isGroup(old) && isGroup(now)) {
    for (const key of new Set([...Object.keys(old), ...Object.keys(now)]))
      for (const path of changes(old[key] ?? null, now[key] ?? null)) yield [key, ...path];
  } else if (now instanceof Unknown || !isDeepStrictEqual(old, now)) yield [];
}

function invoke(request: InvokeRequest, config: Config): InvokeResponse {
  const answers = new OfflineAnswers({
    scope: stackScope(regionOf(config), config),
    given: { functions: [], stackReferences: new Map(), hasFunctions: false },
    directory: ROOT,
  });
  const args = decodeProperties(request.getArgs());
  const result = answers.call({ token: request.getTok(), arguments: args, unknowns: true });
  // A call cannot return unknown values.
  const known = Object.entries(result).filter(([, value]) => !(value instanceof Unknown));
  return new InvokeResponse().setReturn(encodeProperties(Object.fromEntries(known)));
}
