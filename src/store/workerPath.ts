/** Where a worker of this folder is: beside its source when we run from source, beside the bundle when we are bundled. */
export function workerPath(base: string): URL {
  const source = import.meta.url.endsWith('.ts');
  return new URL(source ? `./${base}.ts` : `./${base}.cjs`, import.meta.url);
}
