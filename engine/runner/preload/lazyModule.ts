/** Properties that are known without loading the module. */
export type Known = Readonly<Record<string, unknown>>;

/**
 * A stand-in for a module that is loaded when one of its properties is used for the first time. Copies
 * of it (`{ ...module }`) load it too.
 */
export function lazyModule(load: () => object, known: Known = {}): object {
  let loaded: object | undefined;
  const real = (): object => (loaded ??= load());
  return new Proxy(Object.create(null) as object, {
    get: (_target, key) => (Object.hasOwn(known, key) ? known[String(key)] : valueOf(real(), key)),
    set: (_target, key, value) => Reflect.set(real(), key, value),
    has: (_target, key) => key in known || key in real(),
    deleteProperty: (_target, key) => Reflect.deleteProperty(real(), key),
    ownKeys: () => Reflect.ownKeys(real()),
    getPrototypeOf: () => Reflect.getPrototypeOf(real()),
    // A property that the stand-in itself lacks must not look permanent.
    getOwnPropertyDescriptor: (_target, key) => {
      const descriptor = Reflect.getOwnPropertyDescriptor(real(), key);
      return descriptor && { ...descriptor, configurable: true };
    },
    defineProperty: (_target, key, descriptor) => Reflect.defineProperty(real(), key, descriptor),
  });
}

/**
 * A lazy module for TypeScript's `import * as x`, which copies all properties of modules that are not
 * compiled from ES modules, and so would load it at once.
 */
export function lazyNamespace(load: () => object): object {
  const namespace = lazyModule(
    () => {
      const real = load();
      return isEsModule(real)
        ? real
        : Object.assign(Object.create(real) as object, { default: real });
    },
    { __esModule: true },
  );
  return namespace;
}

function isEsModule(module: object): boolean {
  return (module as { readonly __esModule?: unknown }).__esModule === true;
}

function valueOf(module: object, key: string | symbol): unknown {
  return (module as Record<string | symbol, unknown>)[key];
}
