/** A moment as its parts, without a zone: what a query names and what formats write. */
export interface Moment {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** Picture tokens: `YYYY MM DD HH hh mm ss`, `MMMM`/`MMM` for names, `Z`, `A` for am/pm, `X` and `x` for Unix times. */
const token = /YYYY|MMMM|MMM|MM|DD|D|HH|hh|mm|ss|Z|A|X|x|T/g;

/** Writes a moment after a picture, for instance `YYYY-MM-DDTHH:mm:ssZ`. What is no token stands as it is. */
export function writeMoment(moment: Moment, picture: string): string {
  return picture.replace(token, (part) => written(moment, part));
}

/** Reads the common spellings of dates and times; null when the text is none. */
export function readMoment(text: string): Moment | null {
  const clean = text.trim();
  const iso =
    /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?$/.exec(
      clean,
    );
  if (iso) return moment(iso[1], iso[2], iso[3], iso[4], iso[5], iso[6]);
  const compact = /^((?:19|20)\d{2})(\d{2})(\d{2})$/.exec(clean);
  if (compact) return moment(compact[1], compact[2], compact[3]);
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(clean);
  if (dotted) return moment(dotted[3], dotted[2], dotted[1]);
  const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(clean);
  if (slashed)
    return Number(slashed[1]) > 12
      ? moment(slashed[3], slashed[2], slashed[1])
      : moment(slashed[3], slashed[1], slashed[2]);
  const long = /^([A-Z][a-z]{2,8}) (\d{1,2}), (\d{4})$/.exec(clean);
  const month = long ? months.findIndex((name) => name.slice(0, 3) === long[1]?.slice(0, 3)) : -1;
  if (long && month >= 0) return moment(long[3], String(month + 1), long[2]);
  const clock = /^(\d{1,2})(?::(\d{2}))?(?::(\d{2}))? ?([ap]m)?$/i.exec(clean);
  if (clock && (clock[2] || clock[4])) return clockTime(clock);
  return null;
}

/** Brings the ways in which libraries write formats to a picture: strftime, Java, Go's reference time, lower case. */
export function pictureOf(format: string): string | null {
  let picture = format.trim().replaceAll("'T'", 'T').replaceAll("'Z'", 'Z');
  if (/%[YmdHMSyB]/.test(picture)) {
    const names: Record<string, string> = {
      Y: 'YYYY',
      m: 'MM',
      d: 'DD',
      H: 'HH',
      I: 'hh',
      M: 'mm',
      S: 'ss',
      B: 'MMMM',
      b: 'MMM',
      p: 'A',
      z: 'Z',
      Z: 'Z',
      f: '000',
    };
    picture = picture.replace(/%([A-Za-z])/g, (whole, letter: string) => names[letter] ?? whole);
  } else if (/2006|15:04/.test(picture)) {
    picture = picture
      .replace('2006', 'YYYY')
      .replace('January', 'MMMM')
      .replace('Jan', 'MMM')
      .replace('15', 'HH')
      .replace('04', 'mm')
      .replace('05', 'ss')
      .replace('01', 'MM')
      .replace('02', 'DD')
      .replace(/Z07:00|-07:00|-0700|MST/, 'Z');
  } else if (/yyyy|dd/i.test(picture)) {
    picture = picture
      .replace(/yyyy/i, 'YYYY')
      .replace(/dd/i, 'DD')
      .replace(/(?<!:)\bmm\b(?!:)|(?<=[YD][-/.])mm|mm(?=[-/.]?[YD])/g, 'MM');
    picture = picture
      .replace(/YYYYmmDD/, 'YYYYMMDD')
      .replace(/:MM/g, ':mm')
      .replace(/:SS/g, ':ss');
  } else {
    picture = picture.replace(/\bhh:mm\b/i, 'HH:mm').replace(/:ss\b/i, ':ss');
  }
  picture = picture.replace(/Z{2,}|XXX|zzz/g, 'Z').replace(/\.(?:SSS|fff|sss)/g, '.000');
  return /YYYY|HH|hh|DD|MM/.test(picture) && !/[B-CE-GI-LN-RU-W]/.test(picture) ? picture : null;
}

/** Pictures in which the same moment can be written; the likeliest first. */
export const datePictures = [
  'YYYY-MM-DD',
  'YYYY-MM-DDTHH:mm:ssZ',
  'DD.MM.YYYY',
  'MM/DD/YYYY',
  'YYYYMMDD',
  'DD/MM/YYYY',
  'MMMM D, YYYY',
  'X',
];
export const timePictures = ['HH:mm', 'HH:mm:ss', 'hh:mm A', 'HH:mm:ssZ'];

function written(at: Moment, part: string): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const unix = Date.UTC(at.year, at.month - 1, at.day, at.hour, at.minute, at.second);
  const parts: Record<string, string> = {
    YYYY: String(at.year).padStart(4, '0'),
    MMMM: months[at.month - 1] ?? '',
    MMM: (months[at.month - 1] ?? '').slice(0, 3),
    MM: two(at.month),
    DD: two(at.day),
    D: String(at.day),
    HH: two(at.hour),
    hh: two(at.hour % 12 || 12),
    mm: two(at.minute),
    ss: two(at.second),
    A: at.hour < 12 ? 'AM' : 'PM',
    X: String(unix / 1000),
    x: String(unix),
  };
  return parts[part] ?? part;
}

function moment(year = '', month = '', day = '', hour = '0', minute = '0', second = '0'): Moment | null {
  const made = { year: +year, month: +month, day: +day, hour: +hour, minute: +minute, second: +second };
  const sensible =
    made.month >= 1 &&
    made.month <= 12 &&
    made.day >= 1 &&
    made.day <= 31 &&
    made.hour < 24 &&
    made.minute < 60;
  return sensible ? made : null;
}

/** A time alone stands on no day: the moment then has the year 0. */
function clockTime(clock: RegExpExecArray): Moment | null {
  const half = clock[4]?.toLowerCase();
  const hour = (Number(clock[1]) % (half ? 12 : 24)) + (half === 'pm' ? 12 : 0);
  return Number(clock[1]) < 24
    ? { year: 0, month: 1, day: 1, hour, minute: Number(clock[2] ?? 0), second: Number(clock[3] ?? 0) }
    : null;
}
