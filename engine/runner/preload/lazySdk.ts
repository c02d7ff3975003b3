import { lazyModule, lazyNamespace } from "./lazyModule";
import { type Interceptor, interceptRequire, loader } from "./moduleLoader";

const namespace: Interceptor = (request, importer, load) => {
  // A module that is missing is missed at once, as without this stand-in.
  loader._resolveFilename(request, importer);
  return lazyNamespace(load);
};

/** One `require` of @pulumi/pulumi whose module few programs need. */
interface LazyImport {
  /** The file that imports it. */
  readonly importer: string;
  readonly request: RegExp;
  readonly replace: Interceptor;
}

/** How the parts of a TypeScript project are replaced. */
export interface CompilerStandIns {
  readonly typescript: Interceptor;
  readonly tsNode: Interceptor;
}

/**
 * Makes @pulumi/pulumi load at first use what it loads at start: an npm tree reader and a package
 * parser, which only serve functions that become archives, the Automation API, OpenTelemetry, and the TypeScript
 * compiler. They are more than half of what the SDK loads. An SDK in which a file or a `require` of this
 * list does not exist is left as it is.
 */
export function loadSdkLazily({ typescript, tsNode }: CompilerStandIns): void {
  const imports: readonly LazyImport[] = [
    { importer: "index.js", request: /^\.\/automation$/u, replace: namespace },
    {
      importer: "runtime/closure/codePaths.js",
      request: /^(@npmcli\/arborist|normalize-package-data|fdir)$/u,
      replace: namespace,
    },
    { importer: "runtime/manifest.js", request: /^js-yaml$/u, replace: namespace },
    { importer: "runtime/settings.js", request: /^@opentelemetry\/api$/u, replace: namespace },
    { importer: "cmd/run/tracing.js", request: /^@opentelemetry\/(?!api$)/u, replace: namespace },
    {
      importer: "runtime/closure/parseFunction.js",
      request: /^\.\.\/\.\.\/typescript-shim$/u,
      replace: (_request, _importer, load) => lazyModule(load),
    },
    ...["tsutils.js", "cmd/run/run.js", "cmd/run-policy-pack/run.js"].flatMap((importer) => [
      { importer, request: /^(typescript|\.\/typescript-shim)$/u, replace: typescript },
      { importer, request: /^ts-node$|[/\\]vendor[/\\]ts-node@/u, replace: tsNode },
    ]),
  ];
  interceptRequire((request, importer, load) => {
    const path = pathInSdk(importer.filename);
    if (path === undefined) return undefined;
    const lazy = imports.find((each) => each.importer === path && each.request.test(request));
    return lazy?.replace(request, importer, load);
  });
}

/** The path of a file inside the @pulumi/pulumi that contains it; undefined for any other file. */
export function pathInSdk(filename: string): string | undefined {
  if (!filename.includes("@pulumi")) return undefined;
  const path = filename.replaceAll("\\", "/");
  const marker = "/node_modules/@pulumi/pulumi/";
  const start = path.lastIndexOf(marker);
  return start < 0 ? undefined : path.slice(start + marker.length);
}
