import type { Components } from "../components/remoteComponents";
import type { OfflineAnswers } from "../functions/offlineAnswers";
import type { GraphResource, Properties } from "../graph/resourceGraph";
import type { InputCheck } from "../inputs/inputCheck";
import type { ResourceProvider } from "../provider/resourceProvider";

/** The target that a program runs against. */
export interface Deployment {
  readonly project: string;
  readonly stack: string;
  readonly provider: ResourceProvider;
  /** Constructs the components of packages. Default: they stay opaque. */
  readonly components?: Components;
  /** To which the paths of assets are relative. Default: the working directory. */
  readonly directory?: string;
  /** To which the positions of resources are relative. Default: the working directory. */
  readonly projectDirectory?: string;
  /** Keys of config values for which the program got a placeholder -> why. Default: none. */
  readonly placeholders?: Readonly<Record<string, string>>;
  /** Default: only answers that follow from the arguments or the run. */
  readonly answers?: OfflineAnswers;
  /** Returns the final inputs of a resource before it is created. Default: no change. */
  readonly remediate?: (resource: GraphResource) => Promise<Properties>;
  /** Receives every resource of a provider as soon as it is created. */
  readonly created?: (resource: GraphResource) => void;
  /** Receives every resource that the program declares, and the version of its package. */
  readonly inputCheck?: Pick<InputCheck, "add">;
}
