export function localTime({ moment, zone = 'UTC' }) {
  const clock = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long', timeZone: zone });
  return clock.format(new Date(moment));
}
