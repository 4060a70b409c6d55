import type { CoverageMark } from '../../core/rows.ts';

/**
 * Whether the spec does not know it: a parameter that is not listed, or a value of one whose values are. Where a spec lists no
 * values, every value is as good as another.
 */
export function isBeyond({ pointer, value, listed }: CoverageMark, cells: readonly CoverageMark[]): boolean {
  if (listed) return false;
  return value === null || cells.some((one) => one.pointer === pointer && one.value !== null && one.listed);
}
