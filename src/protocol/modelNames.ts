/** How models are named in the setting `imaginarium.model`, in requests and in the database. */

/** The built-in sampler: no network, no language model. */
export const offlineModel = 'offline';

/** What the sampler is called wherever its results show. */
export const offlineLabel = 'Offline sampler (no language model)';

/** Prefix of a model that the editor provides, as in `editor:copilot/gpt-5`: vendor, then the vendor's id. */
export const editorModelPrefix = 'editor:';
