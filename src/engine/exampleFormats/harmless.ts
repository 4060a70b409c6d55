export { harmlessJson, harmlessText } from '../../core/harmless.ts';
