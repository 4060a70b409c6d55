/** What a model is given beside the tools when it is asked the same queries. */
export const conditions = ['zero-shot', 'examples', 'lessons', 'both'] as const;

export type Condition = (typeof conditions)[number];

export function showsExamples(condition: Condition): boolean {
  return condition === 'examples' || condition === 'both';
}

export function showsLessons(condition: Condition): boolean {
  return condition === 'lessons' || condition === 'both';
}
