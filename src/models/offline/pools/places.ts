import { concepts, type Pool } from './pool.ts';

/** Places, languages and times of day somewhere. */
export const placePools: readonly Pool[] = [
  {
    hint: /\b(time ?zones?|tz|tzid|iana)\b/,
    concepts: concepts(`
      Europe/Berlin | CET | Berlin | GMT+1 | +01:00
      America/New_York | EST | New York | US/Eastern | UTC-5
      Asia/Tokyo | JST | Tokyo | UTC+9
      UTC | GMT | Etc/UTC | Z
      Europe/London | BST | London
      Asia/Kolkata | IST | India
      Australia/Sydney | AEST | Sydney
      America/Los_Angeles | PST | Pacific | US/Pacific
    `),
  },
  {
    hint: /\b(locales?|bcp 47)\b/,
    concepts: concepts(`
      de-DE | de_DE | de | German | de_DE.UTF-8
      en-US | en_US | en | English | english
      fr-FR | fr_FR | fr | French
      ja-JP | ja_JP | ja | Japanese
      pt-BR | pt_BR | Brazilian Portuguese
      ar-EG | ar_EG | ar | Arabic
      sv-SE | sv_SE | sv | Swedish
      zh-CN | zh_CN | zh-Hans | Chinese
    `),
  },
  {
    hint: /\b(languages?|lang)\b/,
    concepts: concepts(`
      en | English | english | en-US | eng
      de | German | german | de-DE | deu
      fr | French | french | fr-FR | fra
      es | Spanish | spanish | es-ES | spa
      ja | Japanese | japanese | ja-JP | jpn
      zh | Chinese | chinese | zh-CN | zho
      it | Italian | italian | it-IT | ita
    `),
  },
  {
    hint: /\b(country|countries|nation|nationality|region|territory)\b/,
    concepts: concepts(`
      DE | Germany | DEU | de | Deutschland
      US | United States | USA | us
      FR | France | FRA | fr
      JP | Japan | JPN | jp
      GB | United Kingdom | GBR | UK | gb
      BR | Brazil | BRA | br
      IN | India | IND | in
    `),
  },
  {
    hint: /\b(airport|iata)\b/,
    concepts: concepts('FRA | Frankfurt\nJFK | New York\nLHR | London Heathrow\nNRT | Tokyo\nCDG | Paris'),
  },
  {
    hint: /\b(post(al)? ?code|zip( ?code)?|plz)\b/,
    concepts: concepts('10115\n94103 | 94103-1234\nSW1A 1AA | SW1A1AA\n75001\n89073'),
  },
  {
    hint: /\b(address|street)\b/,
    concepts: concepts(
      '10 Downing Street, London\n1600 Pennsylvania Avenue, Washington\nHauptstrasse 5, Berlin',
    ),
  },
  {
    hint: /\b(city|cities|town|place|location|destination|origin|departure|arrival|stop|venue|where)\b/,
    concepts: concepts(`
      Berlin | berlin | Berlin, Germany
      London | london | London, UK
      Paris | paris | Paris, France
      New York | New York City | NYC
      Tokyo | tokyo
      Munich | München | Muenchen
      Madrid | madrid
      San Francisco | SF
      Vienna | Wien
      Zurich | Zürich
      Hamburg | hamburg
      Stuttgart | stuttgart
    `),
  },
];
