import type { Page } from '../protocol/engine.ts';

const pageSize = 200;

/** All rows of a list, page after page, as they are asked for. */
export async function* allRows<T>(
  read: (page: { after?: string; limit: number }) => Promise<Page<T>>,
): AsyncGenerator<T, void> {
  let after: string | null = null;
  do {
    const page: Page<T> = await read({ limit: pageSize, ...(after === null ? {} : { after }) });
    yield* page.rows;
    after = page.next;
  } while (after !== null);
}
