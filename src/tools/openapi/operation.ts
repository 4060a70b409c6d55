/** An operation of an OpenAPI document, ready to be called: plain data, it crosses from the reading thread. */

/** How a call becomes one request. */
export interface OpenApiRunner {
  kind: 'openapi';
  /** In upper case. */
  method: string;
  /** As in the document, with `{name}`. */
  path: string;
  /** Where requests go: absolute, variables filled. From the document, or a text with placeholders from a manifest. */
  server: string;
  /** Whether a manifest names the server: only that may be this machine or a private network. */
  serverIsBound: boolean;
  parameters: OperationParameter[];
  body: OperationBody | null;
  /** Alternatives, of which one has to be met whole; an empty one asks for nothing. None at all: nothing is asked for. */
  security: SecurityNeed[][];
  /** By security scheme, what a manifest binds: texts with placeholders. */
  auth: Record<string, string>;
}

export type ParameterPlace = 'path' | 'query' | 'header' | 'cookie';

export const parameterStyles = [
  'matrix',
  'label',
  'simple',
  'form',
  'spaceDelimited',
  'pipeDelimited',
  'tabDelimited',
  'deepObject',
] as const;
export type ParameterStyle = (typeof parameterStyles)[number];

export interface OperationParameter {
  /** The argument that fills it. */
  argument: string;
  /** As the document has it. */
  name: string;
  in: ParameterPlace;
  style: ParameterStyle;
  explode: boolean;
  /** Whether `:/?@…` stand in a query as they are. */
  allowReserved: boolean;
  /** The media type in which the value is written, instead of a style. */
  content: string | null;
}

export interface OperationBody {
  /** The argument that is the body. */
  argument: string;
  mediaType: string;
  /** How the fields of a form are written, where not as usual. */
  fields: Record<string, FormField>;
}

export interface FormField {
  contentType: string | null;
  style: ParameterStyle | null;
  explode: boolean;
  allowReserved: boolean;
  /** Whether it is sent as a file. */
  file: boolean;
}

/** What a security scheme wants of a request. */
export type SecurityNeed = { scheme: string } & (
  | { kind: 'apiKey'; in: 'header' | 'query' | 'cookie'; name: string }
  | { kind: 'basic' }
  | { kind: 'bearer' }
  /** Nothing that can be done with a secret; the sentence says what it is. */
  | { kind: 'unsupported'; what: string }
);
