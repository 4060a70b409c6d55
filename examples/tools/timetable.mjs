// The same every day: each line leaves its first stop once an hour and needs so many minutes to each further one.
const lines = [
  { train: 'IC 1', minute: 2, stops: { GVA: 0, LSN: 36, BRN: 106, ZRH: 164, SGL: 236 } },
  { train: 'IC 8', minute: 6, stops: { BRG: 0, VSP: 8, BRN: 63, ZRH: 121 } },
  { train: 'IC 61', minute: 0, stops: { ITL: 0, BRN: 52, BSL: 112 } },
  { train: 'IR 36', minute: 10, stops: { BSL: 0, ZRH: 74 } },
  { train: 'RE 33', minute: 15, stops: { SGL: 0, ZRH: 68, BRN: 132 } },
];

const firstHour = 5;
const lastHour = 22;

export function departures({ station, time, limit }) {
  const after = minutes(time);
  return lines
    .filter((line) => station in line.stops && station !== Object.keys(line.stops).at(-1))
    .flatMap((line) => hours().map((hour) => departure(line, station, hour)))
    .filter((train) => minutes(train.time) > after)
    .sort((a, b) => a.time.localeCompare(b.time) || a.train.localeCompare(b.train))
    .slice(0, limit);
}

function hours() {
  return Array.from({ length: lastHour - firstHour + 1 }, (_, index) => firstHour + index);
}

function departure(line, station, hour) {
  const leaves = hour * 60 + line.minute + line.stops[station];
  const clock = [Math.floor(leaves / 60) % 24, leaves % 60].map((part) => String(part).padStart(2, '0'));
  return { time: clock.join(':'), train: line.train, to: Object.keys(line.stops).at(-1) };
}

function minutes(time) {
  const [hour, minute] = time.split(':').map(Number);
  return hour * 60 + minute;
}
