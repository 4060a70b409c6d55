const identifier = String.raw`[A-Za-z_][\w.\-]*`;
const name = String.raw`["'\x60\[(]?(${identifier})["'\x60\])]?`;
const quoted = String.raw`["'\x60]?${identifier}["'\x60]?`;
const names = String.raw`(${quoted}(?:(?:\s*,\s*|\s+and\s+)${quoted})*)`;
const thing =
  '(?:(?:positional |keyword |request |query |body |path |string )?(?:arguments?|parameters?|params?|propert(?:y|ies)|fields?|keys?|inputs?|options?|columns?|attributes?|flags?))';

const missing = [
  new RegExp(`\\brequired ${thing}\\s*\\(?s?\\)?:?\\s*(?:is |are |was )?(?:missing:?\\s*)?${name}`, 'i'),
  new RegExp(
    `\\bmissing (?:\\d+ )?(?:the )?(?:required |mandatory )?${thing}\\s*:?\\s*(?!for\\b|is\\b|in\\b)${names}`,
    'i',
  ),
  new RegExp(`\\bmissing (?:required )?["'\\x60](${identifier})["'\\x60]`, 'i'),
  new RegExp(`\\bmissing:\\s*${names}`, 'i'),
  new RegExp(`\\barguments are required:\\s*${names}`, 'i'),
  new RegExp(`\\brequired(?: \\w+)? parameter ${name}`, 'i'),
  new RegExp(`\\bundefined (?:array key|index):?\\s*${name}`, 'i'),
  new RegExp(`\\bnot null constraint failed: (?:\\w+\\.)?${name}`, 'i'),
  new RegExp(`\\bnull value in column ${name}`, 'i'),
  new RegExp(
    `(?:^|[\\s"'\\x60])(?:the )?${name}(?: (?:${thing.slice(3, -1)}))? (?:is|are) (?:a )?(?:required|missing|mandatory)`,
    'i',
  ),
  new RegExp(
    `(?:^|[\\s"'\\x60])(?:the )?${name} (?:must be (?:provided|set|present|given|specified)|can't be blank|cannot be (?:null|blank|empty)|should not be (?:null|empty))`,
    'i',
  ),
];

const unexpected = [
  new RegExp(`\\bunexpected (?:keyword )?${thing}:?\\s*${names}`, 'i'),
  new RegExp(
    `\\b(?:unknown|unrecogni[sz]ed|invalid|unsupported|extra) (?:request )?(?:arguments?|parameters?|params?|propert(?:y|ies)|fields?|keys?|options?)(?:\\(s\\))?(?: supplied| in object| name)?:?\\s*${names}`,
    'i',
  ),
  new RegExp(`\\badditional propert(?:y|ies)[^(]{0,40}\\(${names}`, 'i'),
  new RegExp(`["'\\x60](${identifier})["'\\x60] is not allowed`, 'i'),
  new RegExp(`\\bproperty ${name} should not exist`, 'i'),
];

const together = [
  new RegExp(
    `\\b(?:cannot|can't|can not|must not|may not|do not|don't) (?:specify|use|set|provide|pass|give|combine|have|supply)\\s+(?:both:?\\s+)?(?:the )?${names}`,
    'i',
  ),
  new RegExp(`${names} (?:are|is) mutually exclusive`, 'i'),
  new RegExp(`\\bmutually exclusive(?: ${thing})?:?\\s*${names}`, 'i'),
  new RegExp(
    `${names} (?:cannot|can't|can not|must not|may not) (?:both )?be (?:used|specified|set|combined|given|provided)(?: (?:together|simultaneously|at the same time|at once))?`,
    'i',
  ),
];

const saysMissing =
  /^\W*(?:field required|required|this field is required|missing|is required|value is missing|may not be (?:null|blank)|the \S+ field is required)\b/i;
const saysUnexpected =
  /\b(?:extra inputs are not permitted|extra fields not permitted|unknown field|not allowed here)\b/i;

/** What a text says about which arguments there must or must not be. */
export interface FieldNames {
  /** As they stand in the text; words of the sentence may be among them. */
  names: string[];
  /** Whether the text may mean the argument that its structure names, for instance `This field is required.` */
  subject: boolean;
}

/** The arguments that a text calls for. */
export function missingIn(text: string): FieldNames {
  return { names: first(text, missing), subject: saysMissing.test(text) };
}

/** The arguments that a text wants gone. */
export function unexpectedIn(text: string): FieldNames {
  return { names: first(text, unexpected), subject: saysUnexpected.test(text) };
}

/** The arguments that a text does not want together; one alone, or none, where it says no such thing. */
export function togetherIn(text: string): string[] {
  return first(text, together);
}

/** A sentence has words where a list of names would stand: what is no name for sure is left out by the caller. */
function first(text: string, patterns: readonly RegExp[]): string[] {
  for (const pattern of patterns) {
    const found = pattern.exec(text)?.[1];
    if (found)
      return [...found.matchAll(new RegExp(identifier, 'g'))]
        .map((match) => match[0].replace(/[.-]+$/, ''))
        .filter((word) => word !== 'and');
  }
  return [];
}
