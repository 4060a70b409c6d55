import * as l10n from '@vscode/l10n';
import type { Surroundings } from '../surroundings.ts';

const template = `# The tools of this workspace. Each has a name, a description, the parameters, and how it is run.
tools:
  - name: list_files
    description: Lists the files of a folder of this workspace.
    risk: read # read | write | destructive
    parameters:
      type: object
      properties:
        folder: { type: string, description: Relative to the workspace. }
      required: [folder]
    run: { command: ["ls", "-l", "\${folder}"] }
`;

/** Opens a manifest with one tool, to be changed and saved. */
export async function createToolManifest({ workbench, editor, person }: Surroundings): Promise<void> {
  if (workbench.folders === 0) {
    const answer = await person.tell(
      'info',
      l10n.t('Open the folder that holds your tools first.'),
      l10n.t('Open Folder'),
    );
    if (answer !== undefined) await editor.openFolder();
    return;
  }
  await editor.newManifest(template);
}
