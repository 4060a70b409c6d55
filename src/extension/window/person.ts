/** The person, asked through the windows of the editor. */
import { ProgressLocation, window } from 'vscode';
import { approvalText, refuseAnswer } from '../state/approvalText.ts';
import type { Person, Severity } from '../surroundings.ts';
import { pickItem } from './pickItem.ts';
import { searchMany, searchOne } from './search.ts';

const messages = {
  info: window.showInformationMessage,
  warning: window.showWarningMessage,
  error: window.showErrorMessage,
} satisfies Record<Severity, (text: string, ...answers: string[]) => Thenable<string | undefined>>;

export function windowPerson(): Person {
  return {
    async tell(severity, text, ...answers) {
      return messages[severity](text, ...answers);
    },
    async confirm(question, detail, yes) {
      return (await window.showInformationMessage(question, { modal: true, detail }, yes)) === yes;
    },
    async pick(title, placeHolder, choices) {
      const picked = await window.showQuickPick(choices.map(pickItem), {
        title,
        placeHolder,
        matchOnDescription: true,
        matchOnDetail: true,
      });
      return picked?.choice.value;
    },
    search: searchOne,
    searchMany,
    async type({ title, prompt, value, placeholder, secret, check }) {
      return window.showInputBox({
        title,
        prompt,
        ignoreFocusOut: true,
        password: secret ?? false,
        ...(value === undefined ? {} : { value }),
        ...(placeholder === undefined ? {} : { placeHolder: placeholder }),
        ...(check ? { validateInput: check } : {}),
      });
    },
    async approve(question) {
      const { question: text, allow } = approvalText(question);
      const answer = await window.showWarningMessage(text, allow, refuseAnswer);
      return answer === undefined ? undefined : answer === allow;
    },
    async follow(title, work) {
      const options = { location: ProgressLocation.Notification, title, cancellable: true };
      await window.withProgress(options, async (progress, token) => {
        const cancelled = new AbortController();
        token.onCancellationRequested(() => cancelled.abort());
        let shown = 0;
        await work((message, fraction) => {
          progress.report({ message, increment: Math.max(0, fraction * 100 - shown) });
          shown = Math.max(shown, fraction * 100);
        }, cancelled.signal);
      });
    },
  };
}
