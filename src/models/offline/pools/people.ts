import { concepts, type Pool } from './pool.ts';

/** People, things and free text. */
export const peoplePools: readonly Pool[] = [
  {
    hint: /\b(e ?mail|mail address)\b/,
    concepts: concepts('ada@example.com\nalan.turing@example.org\ngrace@example.net'),
  },
  {
    hint: /\b(phone|mobile|telephone|msisdn)\b/,
    concepts: concepts(
      '+14155550132 | 415-555-0132 | (415) 555-0132\n+4930123456 | 030 123456 | 0049 30 123456\n+442079460958 | 020 7946 0958',
    ),
  },
  {
    hint: /\b(weekday|day of week)\b/,
    concepts: concepts(
      'Monday | monday | Mon | MO | 1\nFriday | friday | Fri | FR | 5\nSunday | sunday | Sun | SU | 7',
    ),
  },
  { hint: /\b(first name|given name|forename)\b/, concepts: concepts('Ada\nAlan\nGrace\nKatherine') },
  { hint: /\b(last name|family name|surname)\b/, concepts: concepts('Lovelace\nTuring\nHopper\nJohnson') },
  {
    hint: /\b(company|organi[sz]ation|employer|brand)\b/,
    concepts: concepts('Acme Corporation | Acme\nExample Ltd\nContoso'),
  },
  { hint: /\b(ticker|stock|symbol)\b/, concepts: concepts('AAPL | Apple\nMSFT | Microsoft\nGOOG | Google') },
  { hint: /\b(username|user name|login|handle)\b/, concepts: concepts('ada | @ada\nalan.turing\nghopper') },
  {
    hint: /\b(author|person|people|passenger|customer|contact|guest|owner|assignee|full name|name)\b/,
    concepts: concepts(
      'Ada Lovelace | Ada | Lovelace, Ada\nAlan Turing | Alan\nGrace Hopper | Grace\nKatherine Johnson',
    ),
  },
  { hint: /\b(gender|sex)\b/, concepts: concepts('female | F | woman\nmale | M | man\nother') },
  {
    hint: /\b(priority|severity|level)\b/,
    concepts: concepts('high | High | HIGH\nmedium | normal\nlow | Low | LOW'),
  },
  {
    hint: /\b(status|state)\b/,
    concepts: concepts('open | Open | OPEN\nclosed | Closed | done\nactive\npending'),
  },
  {
    hint: /\b(category|type|kind|class)\b/,
    concepts: concepts('standard | default\nbasic\nfirst | 1\nsecond | 2'),
  },
  { hint: /\b(tags?|labels?|topic|keyword)\b/, concepts: concepts('bug\nnews\nscience | Science\nhistory') },
  { hint: /\b(word|term)\b/, concepts: concepts('hello\ncurious\ntree\nlanguage') },
  {
    hint: /\b(title|subject|headline)\b/,
    concepts: concepts('Weekly report\nMeeting notes\nA short history of time'),
  },
  {
    hint: /\b(query|search|find|question|q)\b/,
    concepts: concepts('coffee\nopen source licence\nbest hiking trails\nfix'),
  },
  {
    hint: /\b(text|message|content|body|note|comment|string|input|data|sentence|description)\b/,
    concepts: concepts(
      'Hello, world!\nThe quick brown fox\nGood morning\nLorem ipsum dolor sit amet\n42 apples and 7 pears',
    ),
  },
  {
    hint: /\b(id|identifier|key|code|number|reference)\b/,
    concepts: concepts('1 | 001\n42 | 0042\nA1 | a1\nabc123 | ABC123'),
  },
];
