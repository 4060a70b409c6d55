/** What rows of our views can be dragged as: MIME types of what is dropped. */
export const dragTypes = {
  /** JSON array of the ids of examples. */
  examples: 'application/vnd.imaginarium.examples',
} as const;
