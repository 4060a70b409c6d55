/** `departureDate`, `departure_date` and `departure-date` as people say it: `departure date`. */
export function humanised(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[_\-.\s]+/g, ' ')
    .trim()
    .toLowerCase();
}

/** A text in which hints are looked for: lower case, punctuation out. */
export function hintText(text: string): string {
  return humanised(text)
    .replace(/[^\p{L}\p{N} ]+/gu, ' ')
    .replace(/ +/g, ' ');
}

/** A text cut to a length in characters, with an ellipsis where something is missing, on one line. */
export function shortened(text: string, limit: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= limit ? line : `${line.slice(0, limit - 1).trimEnd()}…`;
}
