import type { Store, StoreOptions } from './api.ts';

export type * from './api.ts';

/**
 * Opens what is kept of a workspace, creating it when there is nothing. Takes the explorer lock; when another process has
 * it the store only reads. Rejects with `UserError` when the folder cannot be used, or the database is newer than we are.
 */
export declare function openStore(options: StoreOptions): Promise<Store>;
