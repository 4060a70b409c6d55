/** How much of an observation a prompt shows, characters. */
const shown = 600;

/** An observation for a prompt: what a tool said may be a megabyte, and an example needs its beginning. */
export function shownObservation(text: string): string {
  // What is far behind the limit is not even looked at; a character takes two units at most.
  const points = [...text.slice(0, 4 * shown).trimEnd()];
  return points.length > shown ? `${points.slice(0, shown).join('')}…` : points.join('');
}
