import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

export type AnyAjv = Ajv | Ajv2020;

/** A validator for the dialect that `$schema` names: draft-07 where it says so, 2020-12 otherwise. */
export function newAjv(dialect: string): AnyAjv {
  const options = {
    allErrors: true,
    // Keywords and formats that we do not know are the author's business.
    strict: false,
    // An argument named like a member of every object (`constructor`) is missing unless it was sent.
    ownProperties: true,
    logger: false as const,
  };
  const ajv = isDraft07(dialect) ? new Ajv(options) : new Ajv2020(options);
  addFormats.default(ajv as Ajv);
  return ajv;
}

export function isDraft07(dialect: string): boolean {
  return /draft-0[67]/.test(dialect);
}
