/** The person, asked through the windows of the editor. Every text goes through `state/harmless.ts`. */
import { ProgressLocation, window } from 'vscode';
import { approvalText, refuseAnswer, wholeAnswer } from '../state/approvalText.ts';
import { forMessage } from '../state/harmless.ts';
import type { ApprovalQuestion, Person, Severity } from '../surroundings.ts';
import { pickGrowing } from './pickGrowing.ts';
import { pickLines } from './pickItem.ts';
import { searchMany, searchOne } from './search.ts';

const messages = {
  info: window.showInformationMessage,
  warning: window.showWarningMessage,
  error: window.showErrorMessage,
} satisfies Record<Severity, (text: string, ...answers: string[]) => Thenable<string | undefined>>;

export function windowPerson(): Person {
  return {
    async tell(severity, text, ...answers) {
      return messages[severity](forMessage(text), ...answers);
    },
    async confirm(question, detail, yes) {
      const options = { modal: true, detail: forMessage(detail, detailLimit) };
      return (await window.showWarningMessage(forMessage(question), options, yes)) === yes;
    },
    decide: modal,
    async pick(title, placeHolder, choices) {
      const picked = await window.showQuickPick(pickLines(choices), {
        title: forMessage(title),
        placeHolder,
        matchOnDescription: true,
        matchOnDetail: true,
      });
      return picked?.choice?.value;
    },
    pickGrowing,
    search: searchOne,
    searchMany,
    async type({ title, prompt, value, placeholder, secret, check }) {
      return window.showInputBox({
        title: forMessage(title),
        prompt: forMessage(prompt),
        ignoreFocusOut: true,
        password: secret ?? false,
        ...(value === undefined ? {} : { value }),
        ...(placeholder === undefined ? {} : { placeHolder: placeholder }),
        ...(check ? { validateInput: check } : {}),
      });
    },
    approve,
    async follow(work) {
      // Without a title: what is explored is the title, and comes with the first report.
      const options = { location: ProgressLocation.Notification, cancellable: true };
      await window.withProgress(options, async (progress, token) => {
        const cancelled = new AbortController();
        token.onCancellationRequested(() => cancelled.abort());
        let shown = 0;
        await work((message, fraction) => {
          progress.report({
            message: forMessage(message),
            increment: Math.max(0, fraction * 100 - shown),
          });
          shown = Math.max(shown, fraction * 100);
        }, cancelled.signal);
      });
    },
  };
}

/** Of what a dialog says under its question, characters: it scrolls. */
const detailLimit = 20_000;

async function modal(
  question: string,
  detail: string,
  answers: readonly string[],
): Promise<string | undefined> {
  const options = { modal: true, detail: forMessage(detail, detailLimit) };
  return window.showInformationMessage(forMessage(question), options, ...answers);
}

async function approve(asked: ApprovalQuestion): Promise<boolean | undefined> {
  const { question, allow, whole } = approvalText(asked);
  const refuse = refuseAnswer();
  const more = wholeAnswer();
  const answers = [allow, ...(whole === null ? [] : [more]), refuse];
  let answer = await window.showWarningMessage(forMessage(question), ...answers);
  if (answer === more && whole !== null) {
    const options = { modal: true, detail: forMessage(whole.detail, detailLimit) };
    answer = await window.showWarningMessage(forMessage(whole.question), options, allow, refuse);
  }
  return answer === undefined ? undefined : answer === allow;
}
