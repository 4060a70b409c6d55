/** How much of a number a model played, in English: ` (all simulated)`, ` (3 simulated)`; nothing where nothing is. */
export function simulatedShare(all: number, simulated = 0): string {
  if (simulated === 0) return '';
  return simulated >= all ? ' (all simulated)' : ` (${simulated} simulated)`;
}
