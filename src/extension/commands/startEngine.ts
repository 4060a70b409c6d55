import type { Surroundings } from '../surroundings.ts';

/** Starts the engine where it is away. */
export async function startEngine({ link, workbench, person }: Surroundings): Promise<void> {
  if (workbench.folders === 0) {
    await person.tell('info', 'Open the folder that holds your tools first.');
  } else if (link.state === 'ready') {
    await person.tell('info', 'The engine is running.');
  } else {
    link.wake();
  }
}
