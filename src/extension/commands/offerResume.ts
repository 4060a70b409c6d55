import type { Surroundings } from '../surroundings.ts';
import { resumeRun } from './resume.ts';
import { showError } from './showError.ts';

/** A run was cut off and does not go on by itself: the person decides. Never rejects. */
export async function offerResume(around: Surroundings, runId: string, what: string): Promise<void> {
  const text = `The engine ended while ${what} was being explored. What it learned is kept.`;
  const answer = await around.person.tell('warning', text, 'Resume', 'Show Log');
  if (answer === 'Show Log') around.editor.showLog();
  if (answer !== 'Resume') return;
  try {
    await resumeRun(around, runId);
  } catch (error) {
    await showError(around, error);
  }
}
