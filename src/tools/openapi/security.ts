/** What an operation wants of whoever calls it. */
import { isJsonObject, type Json } from '../../core/json.ts';
import type { SecurityNeed } from './operation.ts';
import { objectOf, type Place, type References, type Report, short, within } from './references.ts';

/**
 * The alternatives of an operation, as the document lists them; what it does not define is no alternative.
 * @param security the operation's own list, or the document's
 * @param schemes where the document defines its schemes
 */
export function securityOf(
  security: Place,
  schemes: Place,
  references: References,
  report: Report,
): SecurityNeed[][] {
  if (!Array.isArray(security.value)) return [];
  const alternatives = security.value.flatMap((requirement, index): SecurityNeed[][] => {
    if (!isJsonObject(requirement)) return [];
    const needs = Object.keys(requirement).map((name) => {
      const defined = Object.hasOwn(objectOf(schemes.value), name)
        ? references.follow(within(schemes, name))
        : null;
      if (!defined) {
        const message = `The document defines no security scheme "${short(name)}", so nobody knows what it wants.`;
        report(within(security, index, name), message, 'warning');
      }
      return need(name, defined?.value);
    });
    return [needs];
  });
  return alternatives.slice(0, 20);
}

function need(scheme: string, definition: Json | undefined): SecurityNeed {
  const { type, scheme: httpScheme, name, in: place } = objectOf(definition);
  if (
    type === 'apiKey' &&
    typeof name === 'string' &&
    (place === 'header' || place === 'query' || place === 'cookie')
  )
    return { scheme, kind: 'apiKey', in: place, name };
  // Swagger 2.0 calls it by its own name.
  if (type === 'basic') return { scheme, kind: 'basic' };
  if (type === 'http') {
    const lower = typeof httpScheme === 'string' ? httpScheme.toLowerCase() : '';
    if (lower === 'basic' || lower === 'bearer') return { scheme, kind: lower };
    return { scheme, kind: 'unsupported', what: `HTTP authentication of the kind "${lower || '?'}"` };
  }
  if (type === 'oauth2' || type === 'openIdConnect') return { scheme, kind: 'bearer' };
  if (type === 'mutualTLS') return { scheme, kind: 'unsupported', what: 'a certificate of the caller' };
  return { scheme, kind: 'unsupported', what: 'a security scheme that the document does not define' };
}
