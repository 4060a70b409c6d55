import type { Json, JsonObject } from '../../../../src/core/json.ts';
import type { Finding } from '../../../../src/models/offline/learn/finding.ts';

/** An error text as a runtime or library words it, the call it answers, and what it says about the arguments. */
export interface ErrorText {
  from: string;
  text: string;
  args: JsonObject;
  findings: Finding[];
}

const allowed = (pointer: string, ...values: string[]): Finding => ({ kind: 'allowed', pointer, values });
const refused = (pointer: string, value: Json): Finding => ({ kind: 'refused', pointer, value });
const missing = (pointer: string): Finding => ({ kind: 'missing', pointer });
const unexpected = (pointer: string): Finding => ({ kind: 'unexpected', pointer });
const alone = (pointer: string, other: string): Finding => ({ kind: 'alone', pointer, other });
const picture = (pointer: string, text: string): Finding => ({ kind: 'picture', pointer, picture: text });
const suggested = (pointer: string, value: string): Finding => ({ kind: 'suggested', pointer, value });

/** All calls of the table are made to a tool with these parameters. */
export const parameters: JsonObject = {
  type: 'object',
  properties: {
    city: { type: 'string' },
    date: { type: 'string' },
    endDate: { type: 'string' },
    count: { type: 'integer' },
    mode: { type: 'string' },
    statement: { type: 'string' },
    passenger: { type: 'object', properties: { age: { type: 'integer' }, phone: { type: 'string' } } },
  },
};

const base = { city: 'Berlin', date: '01.05.2024', mode: 'fast' };

export const errorTexts: ErrorText[] = [
  {
    from: 'ajv enum',
    text: 'data/mode must be equal to one of the allowed values: slow, quick',
    args: base,
    findings: [allowed('/mode', 'slow', 'quick'), refused('/mode', 'fast')],
  },
  {
    from: 'ajv as JSON',
    text: '[{"instancePath":"/mode","keyword":"enum","params":{"allowedValues":["slow","quick"]},"message":"must be equal to one of the allowed values"}]',
    args: base,
    findings: [allowed('/mode', 'slow', 'quick'), refused('/mode', 'fast')],
  },
  {
    from: 'ajv required',
    text: "data must have required property 'count'",
    args: base,
    findings: [missing('/count')],
  },
  {
    from: 'ajv two at once',
    text: 'data/date must match format "date", data must have required property \'count\'',
    args: base,
    findings: [picture('/date', 'YYYY-MM-DD'), missing('/count')],
  },
  {
    from: 'ajv range',
    text: 'data/count must be <= 9',
    args: { ...base, count: 12 },
    findings: [{ kind: 'range', pointer: '/count', max: 9 }, refused('/count', 12)],
  },
  {
    from: 'ajv type, nested',
    text: 'data/passenger/age must be integer',
    args: { passenger: { age: 'ten' } },
    findings: [{ kind: 'type', pointer: '/passenger/age', type: 'integer' }],
  },
  {
    from: 'ajv additional',
    text: '{"errors":[{"instancePath":"","message":"must NOT have additional properties","params":{"additionalProperty":"mode"}}]}',
    args: base,
    findings: [unexpected('/mode')],
  },
  {
    from: 'ajv pattern',
    text: 'data/mode must match pattern "^[A-Z]{3}$"',
    args: base,
    findings: [{ kind: 'pattern', pointer: '/mode', pattern: '^[A-Z]{3}$' }],
  },
  {
    from: 'ajv length',
    text: 'data/mode must NOT have fewer than 8 characters',
    args: base,
    findings: [{ kind: 'length', pointer: '/mode', min: 8 }],
  },
  {
    from: 'zod 3 enum',
    text: '[{"received":"fast","code":"invalid_enum_value","options":["slow","quick"],"path":["mode"],"message":"Invalid enum value. Expected \'slow\' | \'quick\', received \'fast\'"}]',
    args: base,
    findings: [allowed('/mode', 'slow', 'quick')],
  },
  {
    from: 'zod 4 option',
    text: 'Invalid option: expected one of "slow"|"quick"',
    args: { mode: 'fast' },
    findings: [allowed('/mode', 'slow', 'quick')],
  },
  {
    from: 'zod missing',
    text: '[{"code":"invalid_type","expected":"number","received":"undefined","path":["count"],"message":"Required"}]',
    args: base,
    findings: [missing('/count')],
  },
  {
    from: 'zod too small',
    text: '[{"code":"too_small","minimum":1,"path":["count"],"message":"Number must be greater than or equal to 1"}]',
    args: { count: 0 },
    findings: [{ kind: 'range', pointer: '/count', min: 1 }],
  },
  {
    from: 'zod unknown keys',
    text: "Unrecognized key(s) in object: 'mode'",
    args: base,
    findings: [unexpected('/mode')],
  },
  {
    from: 'zod type',
    text: '[{"path":["count"],"message":"Expected number, received string"}]',
    args: { count: '3' },
    findings: [{ kind: 'type', pointer: '/count', type: 'number' }, refused('/count', '3')],
  },
  {
    from: 'pydantic enum',
    text: "1 validation error for Trip\nmode\n  Input should be 'slow', 'quick' or 'eco' [type=enum, input_value='fast', input_type=str]",
    args: base,
    findings: [allowed('/mode', 'slow', 'quick', 'eco')],
  },
  {
    from: 'pydantic bound',
    text: '1 validation error for Trip\ncount\n  Input should be less than or equal to 9 [type=less_than_equal, input_value=12, input_type=int]',
    args: { count: 12 },
    findings: [{ kind: 'range', pointer: '/count', max: 9 }],
  },
  {
    from: 'FastAPI',
    text: '{"detail":[{"type":"missing","loc":["body","count"],"msg":"Field required","input":{}}]}',
    args: base,
    findings: [missing('/count')],
  },
  {
    from: 'FastAPI integer',
    text: '{"detail":[{"type":"int_parsing","loc":["query","count"],"msg":"Input should be a valid integer, unable to parse string as an integer"}]}',
    args: { count: 'x' },
    findings: [{ kind: 'type', pointer: '/count', type: 'integer' }],
  },
  {
    from: 'Django REST date',
    text: '{"date":["Date has wrong format. Use one of these formats instead: YYYY-MM-DD."]}',
    args: base,
    findings: [picture('/date', 'YYYY-MM-DD'), refused('/date', '01.05.2024')],
  },
  {
    from: 'Django REST required',
    text: '{"count":["This field is required."]}',
    args: base,
    findings: [missing('/count')],
  },
  {
    from: 'python strptime',
    text: "ValueError: time data '01.05.2024' does not match format '%Y-%m-%d'",
    args: base,
    findings: [picture('/date', 'YYYY-MM-DD')],
  },
  {
    from: 'python int',
    text: "ValueError: invalid literal for int() with base 10: 'three'",
    args: { ...base, count: 'three' },
    findings: [{ kind: 'type', pointer: '/count', type: 'integer' }],
  },
  {
    from: 'python argparse',
    text: "error: argument --mode: invalid choice: 'fast' (choose from 'slow', 'quick')",
    args: base,
    findings: [allowed('/mode', 'slow', 'quick')],
  },
  {
    from: 'python keyword',
    text: "TypeError: book() got an unexpected keyword argument 'mode'",
    args: base,
    findings: [unexpected('/mode')],
  },
  {
    from: 'python positional',
    text: "TypeError: book() missing 1 required positional argument: 'count'",
    args: base,
    findings: [missing('/count')],
  },
  {
    from: 'python jsonschema',
    text: "'fast' is not one of ['slow', 'quick']",
    args: base,
    findings: [allowed('/mode', 'slow', 'quick')],
  },
  {
    from: 'Go time',
    text: 'parsing time "01.05.2024" as "2006-01-02": cannot parse "01.05.2024" as "2006"',
    args: base,
    findings: [picture('/date', 'YYYY-MM-DD')],
  },
  {
    from: 'Go json type',
    text: 'json: cannot unmarshal string into Go struct field Trip.count of type int',
    args: { count: '3' },
    findings: [{ kind: 'type', pointer: '/count', type: 'integer' }],
  },
  { from: 'Go json field', text: 'json: unknown field "mode"', args: base, findings: [unexpected('/mode')] },
  {
    from: 'Rust serde variant',
    text: 'unknown variant `fast`, expected one of `slow`, `quick`, `eco` at line 1 column 30',
    args: base,
    findings: [allowed('/mode', 'slow', 'quick', 'eco')],
  },
  {
    from: 'Rust serde two',
    text: 'unknown variant `fast`, expected `slow` or `quick`',
    args: base,
    findings: [allowed('/mode', 'slow', 'quick')],
  },
  {
    from: 'Rust serde missing',
    text: 'missing field `count` at line 1 column 12',
    args: base,
    findings: [missing('/count')],
  },
  {
    from: 'Rust serde type',
    text: 'invalid type: string "three", expected u32 at line 1 column 20',
    args: { ...base, count: 'three' },
    findings: [{ kind: 'type', pointer: '/count', type: 'integer' }],
  },
  {
    from: 'Rust clap',
    text: "error: invalid value 'fast' for '--mode <MODE>'\n  [possible values: slow, quick]",
    args: base,
    findings: [allowed('/mode', 'slow', 'quick')],
  },
  {
    from: 'SQLite table',
    text: 'no such table: users',
    args: { statement: 'SELECT * FROM users LIMIT 5' },
    findings: [{ kind: 'avoid', pointer: '/statement', word: 'users' }],
  },
  {
    from: 'SQLite near',
    text: 'near "TOP": syntax error',
    args: { ...base, statement: 'SELECT TOP 5 * FROM users' },
    findings: [{ kind: 'avoid', pointer: '/statement', word: 'TOP' }],
  },
  {
    from: 'Postgres enum',
    text: 'ERROR:  invalid input value for enum speed: "fast"',
    args: base,
    findings: [refused('/mode', 'fast')],
  },
  {
    from: 'Postgres integer',
    text: 'ERROR:  invalid input syntax for type integer: "three"',
    args: { ...base, count: 'three' },
    findings: [{ kind: 'type', pointer: '/count', type: 'integer' }],
  },
  {
    from: 'Postgres null',
    text: 'ERROR:  null value in column "count" of relation "trips" violates not-null constraint',
    args: base,
    findings: [missing('/count')],
  },
  {
    from: 'Postgres relation',
    text: 'ERROR:  relation "users" does not exist',
    args: { statement: 'SELECT * FROM users' },
    findings: [{ kind: 'avoid', pointer: '/statement', word: 'users' }],
  },
  {
    from: 'git revision',
    text: "fatal: ambiguous argument 'fast': unknown revision or path not in the working tree.",
    args: base,
    findings: [refused('/mode', 'fast')],
  },
  {
    from: 'git suggestion',
    text: "git: 'fast' is not a git command. See 'git --help'.\n\nDid you mean 'fasten'?",
    args: { mode: 'fast' },
    findings: [suggested('/mode', 'fasten')],
  },
  {
    from: 'Intl',
    text: 'RangeError: Value fast out of range for Intl.DateTimeFormat options property dateStyle',
    args: base,
    findings: [refused('/mode', 'fast')],
  },
  {
    from: 'OpenSSL',
    text: 'error:0308010C:digital envelope routines::unsupported fast',
    args: base,
    findings: [refused('/mode', 'fast')],
  },
  {
    from: 'Java time',
    text: "Text '01.05.2024' could not be parsed at index 0; expected pattern yyyy-MM-dd",
    args: base,
    findings: [picture('/date', 'YYYY-MM-DD')],
  },
  {
    from: 'Java enum',
    text: 'Cannot deserialize value of type `com.acme.Speed` from String "fast": not one of the values accepted for Enum class: [SLOW, QUICK]',
    args: base,
    findings: [allowed('/mode', 'SLOW', 'QUICK')],
  },
  {
    from: 'Java number',
    text: 'java.lang.NumberFormatException: For input string: "three"',
    args: { ...base, count: 'three' },
    findings: [{ kind: 'type', pointer: '/count', type: 'integer' }],
  },
  {
    from: 'Spring parameter',
    text: "Required request parameter 'count' for method parameter type int is not present",
    args: base,
    findings: [missing('/count')],
  },
  {
    from: 'PHP type',
    text: 'book(): Argument #2 ($count) must be of type int, string given',
    args: { ...base, count: 'three' },
    findings: [{ kind: 'type', pointer: '/count', type: 'integer' }],
  },
  {
    from: 'PHP Laravel',
    text: '{"message":"The given data was invalid.","errors":{"count":["The count must be between 1 and 12."]}}',
    args: { count: 0 },
    findings: [{ kind: 'range', pointer: '/count', min: 1, max: 12 }],
  },
  {
    from: 'PHP key',
    text: 'Warning: Undefined array key "count" in /srv/book.php on line 3',
    args: base,
    findings: [missing('/count')],
  },
  {
    from: 'AWS enum',
    text: "1 validation error detected: Value 'fast' at 'mode' failed to satisfy constraint: Member must satisfy enum value set: [slow, quick]",
    args: base,
    findings: [allowed('/mode', 'slow', 'quick')],
  },
  {
    from: 'AWS bound',
    text: "Value '5000' at 'count' failed to satisfy constraint: Member must have value less than or equal to 1000",
    args: { count: 5000 },
    findings: [{ kind: 'range', pointer: '/count', max: 1000 }],
  },
  {
    from: 'OpenAI value',
    text: '{"error":{"message":"Invalid value: \'fast\'. Supported values are: \'slow\', \'quick\', and \'eco\'.","type":"invalid_request_error","param":"mode","code":"invalid_value"}}',
    args: base,
    findings: [allowed('/mode', 'slow', 'quick', 'eco')],
  },
  {
    from: 'OpenAI argument',
    text: '{"error":{"message":"Unrecognized request argument supplied: mode","type":"invalid_request_error"}}',
    args: base,
    findings: [unexpected('/mode')],
  },
  {
    from: 'Joi list',
    text: '"mode" must be one of [slow, quick]',
    args: base,
    findings: [allowed('/mode', 'slow', 'quick')],
  },
  { from: 'Joi required', text: '"count" is required', args: base, findings: [missing('/count')] },
  { from: 'Joi unknown', text: '"mode" is not allowed', args: base, findings: [unexpected('/mode')] },
  {
    from: 'class-validator',
    text: '{"statusCode":400,"message":["count must not be greater than 9","property mode should not exist"],"error":"Bad Request"}',
    args: { ...base, count: 12 },
    findings: [{ kind: 'range', pointer: '/count', max: 9 }, unexpected('/mode')],
  },
  {
    from: 'ASP.NET',
    text: '{"title":"One or more validation errors occurred.","status":400,"errors":{"City":["The City field is required."]}}',
    args: { mode: 'fast' },
    findings: [missing('/city')],
  },
  {
    from: 'Rails',
    text: 'Validation failed: Count must be greater than 0',
    args: { count: 0 },
    findings: [{ kind: 'range', pointer: '/count', min: 0, exclusive: true }],
  },
  {
    from: 'GraphQL',
    text: 'Value "fast" does not exist in "Speed" enum. Did you mean the enum value "FAST"?',
    args: base,
    findings: [suggested('/mode', 'FAST')],
  },
  {
    from: 'RFC 3339',
    text: 'date: must be a valid RFC3339 timestamp',
    args: base,
    findings: [picture('/date', 'YYYY-MM-DDTHH:mm:ssZ')],
  },
  {
    from: 'E.164',
    text: 'passenger.phone must be in E.164 format',
    args: { passenger: { phone: '030 123456' } },
    findings: [{ kind: 'format', pointer: '/passenger/phone', format: 'e164' }],
  },
  {
    from: 'hex length',
    text: 'mode must be a hexadecimal string of length 32',
    args: base,
    findings: [{ kind: 'format', pointer: '/mode', format: 'hex', length: 32 }],
  },
  {
    from: 'clock',
    text: 'Invalid mode "fast": use HH:MM',
    args: base,
    findings: [picture('/mode', 'HH:mm')],
  },
  {
    from: 'order of dates',
    text: 'date must be before endDate',
    args: { date: '2024-05-03', endDate: '2024-05-01' },
    findings: [{ kind: 'swap', pointer: '/date', other: '/endDate' }],
  },
  {
    from: 'HTTP framework',
    text: 'HTTP 404 Not Found\n{"error":"unknown city: Berlin"}',
    args: base,
    findings: [refused('/city', 'Berlin')],
  },
  {
    from: 'hidden field',
    text: "missing required parameter 'traveller_id'",
    args: base,
    findings: [missing('/traveller_id')],
  },
  {
    from: 'ajv date-time',
    text: 'data/date must match format "date-time"',
    args: base,
    findings: [picture('/date', 'YYYY-MM-DDTHH:mm:ssZ')],
  },
  {
    from: 'a bound that names nobody',
    text: 'RangeError: precision out of range, must be between 1 and 21',
    args: { count: 1, passenger: { age: 40 } },
    findings: [{ kind: 'range', pointer: '/passenger/age', min: 1, max: 21 }],
  },
  {
    from: 'a server that takes one of two',
    text: 'Cannot specify both city and mode parameters simultaneously',
    args: base,
    findings: [alone('/mode', '/city')],
  },
  {
    from: 'click, two flags',
    text: "'date' and 'mode' are mutually exclusive",
    args: base,
    findings: [alone('/mode', '/date')],
  },
];
