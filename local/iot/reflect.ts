/**
 * The part of the reflect-metadata proposal that @peculiar/x509's container asks for. It needs to be imported before that package,
 * which refuses to load without it and does not bring it along.
 */
type Metadata = Map<unknown, unknown>;
interface MetadataReflect {
  defineMetadata?(key: unknown, value: unknown, target: object): void;
  getOwnMetadata?(key: unknown, target: object): unknown;
  getMetadata?(key: unknown, target: object): unknown;
}

const reflect = Reflect as MetadataReflect;
if (!reflect.getMetadata) {
  const known = new WeakMap<object, Metadata>();
  reflect.defineMetadata = (key, value, target) => {
    const metadata = known.get(target) ?? new Map<unknown, unknown>();
    known.set(target, metadata.set(key, value));
  };
  reflect.getOwnMetadata = (key, target) => known.get(target)?.get(key);
  reflect.getMetadata = (key, target) => {
    for (let each: object | null = target; each; each = Object.getPrototypeOf(each) as object | null) {
      const metadata = known.get(each);
      if (metadata?.has(key)) return metadata.get(key);
    }
    return undefined;
  };
}
