/** What steers a terminal or turns the direction of writing around, and is no control character to `JSON.stringify`. */
const controls = /[\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g;

/** A JSON text that a terminal may show too; reading it gives the same data. */
export function shownJson(json: string): string {
  // Outside of its strings JSON has no such characters, so that each is escaped where it stands.
  return json.replace(controls, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Data as one line of JSON, with its newline. */
export function jsonLine(data: object): string {
  return `${shownJson(JSON.stringify(data))}\n`;
}
