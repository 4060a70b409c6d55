import { preview } from '../text/visible.ts';

/** A JSON Pointer as people write the argument: `/range/from` is `range.from`. */
export function argumentName(pointer: string): string {
  const parts = pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  return preview(parts.join('.') || pointer);
}
