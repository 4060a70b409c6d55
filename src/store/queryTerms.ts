/** Which words of a query are worth looking up. */

/** Words that stand in most requests and tell nothing of what is asked. */
const stopWords = new Set(
  `a about all also an and any are as at be been being but by can could did do does doing for from get give had has have
  having he her here hers him his how i if in into is it its just let like ll me more most my need no not of on or our out
  please re s she should so some such t tell than that the their them then there these they this those to too up us ve
  very want was we were what when where which while who whom why will with would you your`.split(/\s+/),
);

/** Words looked up at most; a long text is judged by its first words. */
const mostTerms = 24;

/** The words that tell what a query is about, each once; all its words when none of them does. */
export function queryTerms(query: string): string[] {
  const words = [
    ...new Set(
      query
        .slice(0, 10_000)
        .toLowerCase()
        .match(/[\p{L}\p{N}]+/gu) ?? [],
    ),
  ];
  const telling = words.filter((word) => !stopWords.has(word));
  return (telling.length > 0 ? telling : words).slice(0, mostTerms);
}
