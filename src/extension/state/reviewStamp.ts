import type { Workbench } from './workbench.ts';

/** Another one when examples may stand otherwise than before: somebody has ruled, or work on them has begun or ended. */
export function reviewStamp({
  sources,
  job,
  working,
}: Pick<Workbench, 'sources' | 'job' | 'working'>): string {
  return `${sources?.review} ${job?.id} ${working?.id}`;
}
