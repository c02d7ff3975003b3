import type { Callback } from "@pulumi/pulumi/proto/callback_pb";
import {
  ResourceInvokeRequest,
  TransformInvokeOptions,
  TransformInvokeRequest,
  TransformInvokeResponse,
} from "@pulumi/pulumi/proto/resource_pb";
import type { Callbacks } from "./callbacks";
import { withoutOutputValues, withOutputValues } from "./outputValues";

/** The functions with which a program changes its calls of provider functions, e.g. of `aws.getRegion`. */
export class InvokeTransforms {
  readonly #callbacks: Callbacks;
  readonly #transforms: Callback[] = [];

  constructor(callbacks: Callbacks) {
    this.#callbacks = callbacks;
  }

  /** Adds a transform of all calls from now on. */
  add(transform: Callback): void {
    this.#transforms.push(transform);
  }

  /** Runs all transforms of a call. Returns the call with the arguments and options that they left. */
  async apply(call: ResourceInvokeRequest): Promise<ResourceInvokeRequest> {
    if (this.#transforms.length === 0) return call;
    const result = ResourceInvokeRequest.deserializeBinary(call.serializeBinary());
    for (const transform of this.#transforms) await this.#run(transform, result);
    return result;
  }

  async #run(transform: Callback, call: ResourceInvokeRequest): Promise<void> {
    const options = new TransformInvokeOptions()
      .setProvider(call.getProvider())
      .setVersion(call.getVersion())
      .setPluginDownloadUrl(call.getPlugindownloadurl());
    const request = new TransformInvokeRequest()
      .setToken(call.getTok())
      .setArgs(withOutputValues(call.getArgs()))
      .setOptions(options);
    const answer = await this.#callbacks.call(transform, request.serializeBinary());
    const response = TransformInvokeResponse.deserializeBinary(answer);
    if (response.hasArgs()) call.setArgs(withoutOutputValues(response.getArgs()).properties);
    const changed = response.getOptions();
    if (changed === undefined) return;
    call
      .setProvider(changed.getProvider())
      .setVersion(changed.getVersion())
      .setPlugindownloadurl(changed.getPluginDownloadUrl());
  }
}
