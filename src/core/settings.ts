/** How a model is told of tools: native tool calls, or the text protocol of the paper. */
export type ProtocolName = 'tools' | 'react';

/** The settings of one exploration. Every part of `adaptive` can be switched off alone, for ablations. */
export interface ExploreSettings {
  preset: 'paper' | 'adaptive';
  protocol: ProtocolName;
  /** Per tool. */
  episodes: number;
  /** Per episode. */
  trials: number;
  /** A turn is an answer that is not final, plus its observation. */
  turns: number;
  temperature: number;
  /** Limit of one answer, tokens. */
  maxTokens: number;
  /** Limit of an observation as the model sees it, characters (code points). */
  observationLimit: number;
  /** Lessons, errors and fixes stand in long-term memory beside the queries. */
  lessonsInMemory: boolean;
  /** Long-term memory includes earlier runs on the same tool. */
  memoryAcrossRuns: boolean;
  /** The imaginer is told which parameters and values are still uncovered. */
  coverageHints: boolean;
  /** A query too close to an explored one is imagined anew. */
  diversityGate: boolean;
  /** Similarity from which a query is too close, 0..1. */
  diversityThreshold: number;
  /** How many imaginings a trial has in all. */
  diversityTries: number;
  /** Share of the trials that call first and then write the query, 0..1. */
  callFirstShare: number;
  /** How many sibling tools are offered beside the explored one. */
  siblings: number;
  /** Reflection as a structure in which evidence outranks opinion; otherwise the paper's yes or no. */
  structuredReflection: boolean;
  /** Stop a tool when its last `stopPatience` trials taught nothing new. */
  stopRule: boolean;
  stopPatience: number;
}

/** Exactly the paper (section 2 of the design): nothing is switched on that it does not have. */
export const paperPreset: ExploreSettings = {
  preset: 'paper',
  protocol: 'react',
  episodes: 15,
  trials: 4,
  turns: 4,
  temperature: 1.0,
  maxTokens: 360,
  observationLimit: 2048,
  lessonsInMemory: false,
  memoryAcrossRuns: false,
  coverageHints: false,
  diversityGate: false,
  diversityThreshold: 0.9,
  diversityTries: 1,
  callFirstShare: 0,
  siblings: 0,
  structuredReflection: false,
  stopRule: false,
  stopPatience: 0,
};

/** Our default: what later work found better. */
export const adaptivePreset: ExploreSettings = {
  ...paperPreset,
  preset: 'adaptive',
  protocol: 'tools',
  maxTokens: 1024,
  lessonsInMemory: true,
  memoryAcrossRuns: true,
  coverageHints: true,
  diversityGate: true,
  diversityTries: 3,
  callFirstShare: 0.25,
  siblings: 3,
  structuredReflection: true,
  stopRule: true,
  stopPatience: 8,
};
