import type { ModelErrorKind } from '../../core/errors.ts';

export interface ModelFault {
  kind: ModelErrorKind;
  message: string;
  advice: string;
}

const otherModel = 'Choose another model with "Imaginarium: Set Model…".';

/** What went wrong with an editor model, from the `code` of its `LanguageModelError` and, where that says nothing, its text. */
export function modelFault(error: unknown, label: string): ModelFault {
  const said = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const fault = (kind: ModelErrorKind, what: string, advice: string): ModelFault => ({
    kind,
    message: `${label} ${what}${said ? `: ${said}` : '.'}`,
    advice,
  });
  if (code === 'NoPermissions') {
    return fault(
      'consent',
      'may not be used',
      `Explore again and allow it when the editor asks. ${otherModel}`,
    );
  }
  if (code === 'NotFound') return fault('unknown_model', 'is not there any more', otherModel);
  if (code === 'Blocked') return fault('bad_request', 'refused the request', otherModel);
  if (/quota|premium requests/i.test(code + said)) {
    return fault('quota', 'has no quota left', `Wait until it is renewed. ${otherModel}`);
  }
  if (/rate.?limit|too many requests|\b429\b/i.test(code + said)) {
    return fault('rate_limit', 'gets too many requests', 'Resume later, or lower imaginarium.concurrency.');
  }
  return fault('server', 'failed', `Resume later. ${otherModel}`);
}
