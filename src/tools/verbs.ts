/** Verbs in the names of tools, and what they do to the world. English, as such names are. */

type Does = 'read' | 'write' | 'destructive';

const verbs: Readonly<Record<Does, string>> = {
  read: `get list search find read fetch query lookup look show describe count check view browse retrieve download export
    inspect summarize compare calculate compute convert translate validate verify ping echo head is has`,
  write: `create add insert update upsert set put post patch edit modify change rename move copy write save store upload
    send publish submit reply comment notify invite share assign unassign approve reject accept merge close open reopen
    start stop pause resume restart trigger run execute exec eval invoke call schedule book order buy pay charge transfer
    enable disable lock unlock register login logout sign subscribe unsubscribe import sync deploy install apply grant
    append toggle mark tag label archive unarchive fork click type press fill navigate`,
  destructive: `delete remove drop purge kill destroy erase wipe clear truncate terminate uninstall reset revoke cancel
    overwrite prune flush shutdown discard unpublish ban`,
};

const byWord: ReadonlyMap<string, Does> = new Map(
  Object.entries(verbs).flatMap(([does, words]) => words.split(/\s+/).map((word) => [word, does as Does])),
);

interface Verb {
  word: string;
  does: Does;
  /** It begins the name. */
  first: boolean;
}

/**
 * The verb that says what a tool of this name does, as it is written there; null when it has none that is known. That is
 * the first, unless a later one destroys, or stands behind an "and": `get_and_delete` reads, and does more.
 */
export function verbOf(name: string): Verb | null {
  const words = wordsOf(name);
  const verbs = words.flatMap((word, index): (Verb & { joined: boolean })[] => {
    const does = byWord.get(word.toLowerCase());
    const joined = joints.test(words[index - 1] ?? '');
    return does ? [{ word, does, first: index === 0, joined }] : [];
  });
  const [first = null, ...later] = verbs;
  if (first === null) return null;
  const {
    word,
    does,
    first: begins,
  } = later.find((one) => one.does === 'destructive') ??
  later.find((one) => one.joined && one.does === 'write' && first.does === 'read') ??
  first;
  return { word, does, first: begins };
}

const joints = /^(?:and|or|then|with|n)$/i;

/** `deleteUser`, `delete_user`, `users/delete` and `HTTPDelete` in words. */
function wordsOf(name: string): string[] {
  return (
    name
      .slice(0, 200)
      .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
      .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
      .match(/[A-Za-z]+/g) ?? []
  );
}
