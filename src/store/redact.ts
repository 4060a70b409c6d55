import { textHash } from '../core/exploit/usable.ts';
import { isJsonObject, type Json, type JsonObject } from '../core/json.ts';
import { keysOf } from '../core/jsonPointer.ts';
import type { Checks, Contrast, Example, Lesson } from '../core/trial.ts';

/**
 * Takes secrets out of texts that go into files which people share. It knows the shapes of common keys and the names that
 * secrets go by; what it cannot know it leaves alone, so it is a net and no proof. Repetitions are bounded: texts come from
 * tools, and a pattern that takes quadratic time on the wrong one would hang the engine.
 */

/** What stands in place of a secret. */
export const redacted = '[redacted]';

/** Tokens that can be told by their own shape. */
const shapes: readonly RegExp[] = [
  // Private keys in PEM, whole; cut ones to the end of the text.
  /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----|$)/g,
  // JSON Web Tokens.
  /\beyJ[\w-]{8,1500}\.eyJ[\w-]{8,}(?:\.[\w-]*)?/g,
  // OpenAI, Anthropic, OpenRouter, DeepSeek and others.
  /\bsk-[A-Za-z0-9_-]{16,}/g,
  // AWS access key ids.
  /\b(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{16}\b/g,
  // GitHub.
  /\bgh[pousr]_[A-Za-z0-9]{30,}/g,
  /\bgithub_pat_\w{30,}/g,
  // GitLab.
  /\bgl(?:pat|rt|ptt|dt|cbt|ft|soat)-[\w-]{18,}/g,
  // Slack tokens and webhooks.
  /\bxox[a-z]-[\w-]{10,}/g,
  /\bxapp-[\w-]{10,}/g,
  /https:\/\/hooks\.slack\.com\/(?:services|workflows)\/[\w/-]+/g,
  // Google: API keys, OAuth tokens and client secrets.
  /\bAIza[\w-]{35}/g,
  /\bya29\.[\w-]{20,}/g,
  /\bGOCSPX-[\w-]{20,}/g,
  // Stripe, its webhooks, and those who took over its form.
  /\b(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{16,}/g,
  /\bwhsec_[A-Za-z0-9+/=]{20,}/g,
  // npm, PyPI, RubyGems, crates.io, Docker Hub.
  /\bnpm_[A-Za-z0-9]{30,}/g,
  /\bpypi-[\w-]{30,}/g,
  /\brubygems_[a-f0-9]{30,}/g,
  /\bdckr_(?:pat|oat)_[\w-]{20,}/g,
  // Hugging Face, Groq, Replicate, xAI, Perplexity, Tavily.
  /\bhf_[A-Za-z0-9]{30,}/g,
  /\b(?:gsk|xai|pplx|tvly|r8)[_-][A-Za-z0-9_-]{20,}/g,
  // SendGrid, Mailgun, Mailchimp, Twilio.
  /\bSG\.[\w-]{16,}\.[\w-]{16,}/g,
  /\bkey-[a-f0-9]{32}\b/g,
  /\b[a-f0-9]{32}-us[0-9]{1,2}\b/g,
  /\b(?:SK|AC)[a-f0-9]{32}\b/g,
  // Shopify, DigitalOcean, Linear, Notion, Figma, Databricks, Vault, Doppler, Postman, Airtable, Atlassian.
  /\bshp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}/g,
  /\bdo[oprt]_v1_[a-f0-9]{40,}/g,
  /\blin_(?:api|oauth)_[A-Za-z0-9]{20,}/g,
  /\b(?:secret|ntn)_[A-Za-z0-9]{40,}/g,
  /\bfigd_[\w-]{20,}/g,
  /\bdapi[a-f0-9]{32}/g,
  /\bhv[sbr]\.[\w-]{20,}/g,
  /\bdp\.(?:pt|st|ct|sa)\.[\w.-]{20,}/g,
  /\bPMAK-[a-f0-9]{20,}-[a-f0-9]{20,}/g,
  /\bpat[A-Za-z0-9]{14}\.[a-f0-9]{40,}/g,
  /\bATATT3[\w=-]{30,}/g,
  // Telegram and Discord bots.
  /\b[0-9]{8,10}:AA[\w-]{32,}/g,
  /\b[MNO][\w-]{23,26}\.[\w-]{6}\.[\w-]{27,}/g,
  // age keys.
  /\bAGE-SECRET-KEY-1[A-Z0-9]{50,}/g,
];

/** A secret that is told by what stands before it: the first group stays. */
const labelled: readonly RegExp[] = [
  // scheme://user:password@host
  /\b([a-z][a-z0-9+.-]{0,20}:\/\/[^\s:/@"']{0,200}:)[^\s/@"']{1,500}(?=@)/gi,
  /\b((?:Bearer|Basic|Token|ApiKey)\s+)[A-Za-z0-9+/_.~=-]{12,}/gi,
  /\b((?:set-)?cookie\s*:\s*)[^\r\n"]+/gi,
  // Azure connection strings; signatures in URLs.
  /\b((?:AccountKey|SharedAccessKey|SharedAccessSignature)=)[^;\s"']+/gi,
  /([?&](?:sig|signature|X-Amz-Signature|X-Amz-Security-Token|access_token|api_?key|key|token|auth|password|secret|client_secret)=)[^&\s"'#]+/gi,
];

const secretNames =
  'pass(?:word|wd|phrase|code)?|pwd|secret|token|api[-_ ]?key|apikey|access[-_ ]?key|secret[-_ ]?key|private[-_ ]?key|' +
  'signing[-_ ]?key|encryption[-_ ]?key|auth(?:orization)?|credentials?|session[-_ ]?id|cookie';

/** `password = …`, `"api_key": "…"`, `CLIENT_SECRET='…'`. A value that is itself a placeholder stays. */
const assigned = new RegExp(
  `((?:^|[^A-Za-z0-9])(?:[A-Za-z0-9]{1,40}[-_.]){0,6}(?:${secretNames})\\\\?["']?\\s*(?:=|:)\\s*)` +
    `(?:\\\\?"((?:[^"\\\\]|\\\\[^"])*)\\\\?"|'([^'\\n]*)'|([^\\s"',;&}\\])]+))`,
  'gi',
);

const secretName = new RegExp(`(?:^|[-_. ])(?:${secretNames})$`, 'i');

/** The text without secrets; equal to the input when it has none. */
export function redactSecrets(text: string): string {
  let clean = text;
  for (const shape of shapes) clean = clean.replace(shape, redacted);
  for (const label of labelled) clean = clean.replace(label, `$1${redacted}`);
  return clean.replace(assigned, (whole, label: string, ...groups: (string | undefined)[]) => {
    const value = groups.slice(0, 3).find((group) => group !== undefined) ?? '';
    if (!looksSecret(value)) return whole;
    const at = whole.indexOf(value, label.length);
    return whole.slice(0, at) + redacted + whole.slice(at + value.length);
  });
}

/** A value without secrets: texts inside it, and texts that stand under a name which secrets go by. */
export function redactJson(value: Json): Json {
  if (typeof value === 'string') return redactSecrets(value);
  if (Array.isArray(value)) return value.map(redactJson);
  if (!isJsonObject(value)) return value;
  return redactObject(value);
}

/** An example without secrets, in any of its texts. */
export function redactExample(example: Example): Example {
  const { checks, contrasts, withheld } = example;
  const clean: Example = {
    ...example,
    ...(withheld === undefined ? {} : { withheld: redactSecrets(withheld) }),
    ...(contrasts ? { contrasts: contrasts.map(redactContrast) } : {}),
    query: redactSecrets(example.query),
    answer: example.answer === null ? null : redactSecrets(example.answer),
    calls: example.calls.map((call) => ({
      ...call,
      arguments: redactObject(call.arguments),
      observation: redactSecrets(call.observation),
    })),
  };
  return checks ? { ...clean, checks: redactChecks(checks, example, clean) } : clean;
}

/** What was checked of the text holds for the text without secrets. */
function redactChecks(checks: Checks, before: Example, clean: Example): Checks {
  const { judge, text } = checks;
  return {
    ...checks,
    ...(judge ? { judge: { ...judge, reasons: redactSecrets(judge.reasons) } } : {}),
    ...(text !== undefined && text === textHash(before) ? { text: textHash(clean) } : {}),
  };
}

/** A lesson without secrets: its sentence, why it was retired, and what backs it. */
export function redactLesson(lesson: Lesson): Lesson {
  const { evidence, retired } = lesson;
  // Values stand under the name of their argument, which may say that they are secret.
  const named = keysOf(lesson.argument ?? '').at(-1);
  const values = (list: Json[]): Json[] =>
    list.map((value) =>
      named === undefined ? redactJson(value) : (redactObject({ [named]: value })[named] ?? null),
    );
  return {
    ...lesson,
    text: redactSecrets(lesson.text),
    ...(retired === undefined ? {} : { retired: redactSecrets(retired) }),
    ...(evidence
      ? {
          evidence: {
            message: redactSecrets(evidence.message),
            refused: values(evidence.refused),
            taken: values(evidence.taken),
          },
        }
      : {}),
  };
}

function redactContrast({ failure, ...call }: Contrast): Contrast {
  return {
    ...call,
    arguments: redactObject(call.arguments),
    failure: { ...failure, message: redactSecrets(failure.message) },
  };
}

function redactObject(object: JsonObject): JsonObject {
  const entries = Object.entries(object).map(([name, value]): [string, Json] => {
    const named = typeof value === 'string' && value !== '' && secretName.test(snake(name));
    return [name, named ? redacted : redactJson(value)];
  });
  return Object.fromEntries(entries);
}

/** `clientSecret` → `client_secret`, so that one pattern knows both. */
function snake(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2');
}

/** Not a placeholder, not a plain word of a schema (`"token": string`), not what was redacted already. */
function looksSecret(value: string): boolean {
  if (value.length < 4 || value.startsWith('[redacted') || /^(?:\$\{|<|\{\{|%)/.test(value)) return false;
  return !/^(?:string|number|integer|boolean|object|array|null|true|false|undefined|none|required|missing|invalid|bearer|basic)$/i.test(
    value,
  );
}
