/** Compiles and runs untrusted schemas, in a thread that can be ended when one of them takes too long. */
import { parentPort } from 'node:worker_threads';
import type { ValidateFunction } from 'ajv';
import { newAjv } from './ajv.ts';
import type { CheckAnswer, CheckRequest } from './argumentCheck.ts';
import { failuresOf } from './failures.ts';

/** Compiled schemas that are kept; the oldest go first. */
const mostCompiled = 500;
const compiled = new Map<string, ValidateFunction>();

function compile({ specHash, schema }: CheckRequest): ValidateFunction {
  const known = compiled.get(specHash);
  if (known) return known;
  // One instance a schema: two schemas may use the same $id for different things.
  const validate = newAjv(typeof schema.$schema === 'string' ? schema.$schema : '').compile(schema);
  const [oldest] = compiled.keys();
  if (compiled.size >= mostCompiled && oldest !== undefined) compiled.delete(oldest);
  compiled.set(specHash, validate);
  return validate;
}

function answer(request: CheckRequest): CheckAnswer {
  try {
    const validate = compile(request);
    const errors = validate(request.args) ? [] : (validate.errors ?? []);
    return { failures: failuresOf(request.schema, request.args, errors), problem: null };
  } catch (error) {
    return { failures: [], problem: (error as Error).message };
  }
}

parentPort?.on('message', (request: CheckRequest) => parentPort?.postMessage(answer(request)));
parentPort?.postMessage('ready');
