/** Learned problems as the editor shows them: at the argument in the spec, with the trials that show them. */
import { pathToFileURL } from 'node:url';
import {
  type Diagnostic,
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
  type Range,
} from 'vscode-languageserver/node';
import { unseen, writtenOut } from '../../core/unseen.ts';
import { languages } from '../../protocol/contributions.ts';
import { type LearnedData, learnedCode } from '../../protocol/language.ts';
import type { LearnedProblem } from './learnedProblems.ts';
import { specWorkAtLeisure } from './longSpecs.ts';
import { currentText, entryOf, fileOf, proposes, type ReadText } from './specChange.ts';
import { rangeFrom, rangeOf } from './textRange.ts';

/** Trials that a problem names. */
const trialsNamed = 5;

/** By the URI of the file. */
export async function learnedDiagnostics(
  problems: readonly LearnedProblem[],
  readText: ReadText,
): Promise<Map<string, Diagnostic[]>> {
  const byFile = Map.groupBy(problems, fileOf);
  const found = new Map<string, Diagnostic[]>();
  for (const [path, ofFile] of byFile) {
    if (path === null) continue;
    const uri = pathToFileURL(path).href;
    const ranges = await rangesOf(path, ofFile, readText);
    found.set(
      uri,
      ofFile.map((problem, index) => diagnosticOf(problem, ranges[index] ?? toolRange(problem))),
    );
  }
  return found;
}

async function rangesOf(
  path: string,
  problems: readonly LearnedProblem[],
  readText: ReadText,
): Promise<(Range | null)[]> {
  const entries = problems.map(entryOf);
  const wanted = problems.flatMap(({ argument }, index) => {
    const entry = entries[index];
    return entry ? [{ entry, argument }] : [];
  });
  const text = wanted.length === 0 ? null : await currentText(path, readText);
  const places = text === null ? null : await specWorkAtLeisure('arguments', { path, text, wanted });
  let next = 0;
  return entries.map((entry) => {
    const place = entry === null ? undefined : places?.[next++];
    return place === undefined ? null : rangeOf(place);
  });
}

/** The name of the tool; of one that stands in no file, the entry of its server. */
function toolRange({ bound }: LearnedProblem): Range {
  if (bound.spot !== undefined) return rangeOf(bound.spot.name);
  const { line, column } = bound.tool.source;
  return rangeFrom({ line, column });
}

function diagnosticOf(problem: LearnedProblem, range: Range): Diagnostic {
  const { id, kind, message, trials, bound } = problem;
  const named = trials.slice(0, trialsNamed);
  const data: LearnedData = { problem: id, trials: named, proposes: proposes(problem) };
  return {
    range,
    severity:
      kind === 'needed' || kind === 'refused' ? DiagnosticSeverity.Warning : DiagnosticSeverity.Information,
    source: 'Imaginarium',
    code: learnedCode,
    message: harmless(`${message} ${trialsText(trials)}`),
    relatedInformation: named.map((trial) => trialLink(trial, bound.tool.name)),
    data,
  };
}

/** `Seen in trials 1.2, 1.3 and 4 more.` */
function trialsText(trials: readonly string[]): string {
  const places = [...new Set(trials.map(placeOfTrial))];
  const named = places.slice(0, trialsNamed);
  const rest = trials.length - named.length;
  if (trials.length === 1) return `Seen in trial ${named[0]}.`;
  return `Seen in trials ${named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}.`;
}

/** `2.3`: the end of a trial's id is its place. */
export function placeOfTrial(id: string): string {
  return /(\d+\.\d+)$/.exec(id)?.[1] ?? id.slice(-12);
}

/** The address of the trial's document, which the extension serves. */
function trialLink(trial: string, tool: string): DiagnosticRelatedInformation {
  const place = placeOfTrial(trial);
  const path = `/${inAddress(`${tool} · ${place}`)}.trial`;
  const start = { line: 0, character: 0 };
  return {
    location: {
      uri: `${languages.trial}:${path}?${inAddress(trial)}`,
      range: { start, end: start },
    },
    message: `Trial ${place}`,
  };
}

function inAddress(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

function harmless(text: string): string {
  return text.replace(unseen, writtenOut);
}
