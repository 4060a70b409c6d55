/**
 * Where the preset `paper` departs from the reference program. This is the whole list; everything else is message for
 * message the same, given the same prompts and the same answers.
 */
export const deviations = [
  {
    where: 'core/explore/readReact.ts',
    reference: 'Cuts the arguments out and strips every brace at both ends, which breaks nested objects.',
    ours: 'A JSON parser reads them; what it cannot read is answered with the text for "not-json".',
  },
  {
    where: 'core/explore/reflect.ts',
    reference: 'Any "No" in the reflection counts as no, as in "Yes. Now I know …".',
    ours: 'The first word that says yes or no decides.',
  },
  {
    where: 'core/explore/runCall.ts',
    reference: 'Runs every call that it can read.',
    ours: 'A call of a tool that is not `read` needs permission, and arguments that fit its schema; else the observation says so.',
  },
  {
    where: 'core/explore/trial.ts',
    reference: 'A request that fails ends the program.',
    ours: 'What concerns one request alone ends its trial as an error, which leaves nothing in memory.',
  },
  {
    where: 'engine/runs/scheduler.ts',
    reference: 'One tool after another, one file written at the very end.',
    ours: 'Tools are explored in parallel, and each trial is kept the moment it ends. Episodes of one tool stay in order.',
  },
] as const;
