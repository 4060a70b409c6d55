export function lookUp({ code, kind, answer_in: language = 'en' }) {
  return { code, name: new Intl.DisplayNames(language, { type: kind }).of(code) };
}
