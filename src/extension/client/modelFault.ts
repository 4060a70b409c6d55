import * as l10n from '@vscode/l10n';
import type { ModelErrorKind } from '../../core/errors.ts';

export interface ModelFault {
  kind: ModelErrorKind;
  message: string;
  advice: string;
}

/** What went wrong with an editor model, from the `code` of its `LanguageModelError` and, where that says nothing, its text. */
export function modelFault(error: unknown, label: string): ModelFault {
  const said = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const other = l10n.t('Choose another model with "Imaginarium: Set Model…".');
  const fault = (kind: ModelErrorKind, what: string, advice: string): ModelFault => ({
    kind,
    message: said ? `${what}: ${said}` : `${what}.`,
    advice,
  });
  if (code === 'NoPermissions') {
    const advice = l10n.t('Explore again and allow it when the editor asks.');
    return fault('consent', l10n.t('{0} may not be used', label), `${advice} ${other}`);
  }
  if (code === 'NotFound') return fault('unknown_model', l10n.t('{0} is not there any more', label), other);
  if (code === 'Blocked') return fault('bad_request', l10n.t('{0} refused the request', label), other);
  if (/quota|premium requests/i.test(code + said)) {
    const advice = l10n.t('Wait until it is renewed.');
    return fault('quota', l10n.t('{0} has no quota left', label), `${advice} ${other}`);
  }
  if (/rate.?limit|too many requests|\b429\b/i.test(code + said)) {
    const advice = l10n.t('Resume later, or lower imaginarium.concurrency.');
    return fault('rate_limit', l10n.t('{0} gets too many requests', label), advice);
  }
  return fault('server', l10n.t('{0} failed', label), `${l10n.t('Resume later.')} ${other}`);
}
