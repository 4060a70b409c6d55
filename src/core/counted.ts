/** A number with its word, as people write it: `1 example`, `1,200 examples`. The plural takes an s. */
export function counted(count: number, word: string): string {
  const [whole = ''] = String(count).split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')} ${word}${count === 1 ? '' : 's'}`;
}
