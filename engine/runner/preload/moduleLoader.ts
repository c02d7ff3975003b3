import Module from "node:module";

/** Runs a file as a module, e.g. `require.extensions[".js"]`. */
export type Extension = (module: NodeJS.Module, filename: string) => void;

/** Runs the source of a module. */
type Compile = (this: CompiledModule, source: string, filename: string) => unknown;

export interface CompiledModule extends NodeJS.Module {
  _compile: Compile;
}

/** What Node.js's own loader of CommonJS modules lets be replaced. Many tools rely on it. */
interface ModuleLoader {
  _load: (request: string, parent: NodeJS.Module | null | undefined, isMain: boolean) => unknown;
  readonly _resolveFilename: (
    request: string,
    parent: NodeJS.Module | undefined,
    isMain?: boolean,
    options?: object,
  ) => string;
  readonly _resolveLookupPaths: (request: string, parent: NodeJS.Module) => string[] | null;
  readonly _extensions: Record<string, Extension | undefined>;
  readonly _cache: NodeJS.Dict<NodeJS.Module>;
  readonly prototype: CompiledModule;
}

export const loader = Module as unknown as ModuleLoader;

/**
 * Answers a `require` in place of the loader; undefined to let the loader answer.
 *
 * @param load what the loader answers
 */
export type Interceptor = (
  request: string,
  importer: NodeJS.Module,
  load: () => object,
) => object | undefined;

/** Lets an interceptor see every `require` first. */
export function interceptRequire(interceptor: Interceptor): void {
  const load = loader._load;
  loader._load = (request, parent, isMain) => {
    // Node.js itself and `node -e` have no file.
    if (!parent?.filename) return load(request, parent, isMain);
    const ordinary = (): object => load(request, parent, isMain) as object;
    return interceptor(request, parent, ordinary) ?? ordinary();
  };
}
