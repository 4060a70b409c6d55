// A small railway on 127.0.0.1: GET /board/STATION?time&limit, POST /seats. It says on which port it listens.
import { createServer, STATUS_CODES } from 'node:http';
import { json } from 'node:stream/consumers';
import { departures } from './timetable.mjs';
import { validateBoard, validateSeat } from './trainsValidate.mjs';

const booked = new Set();

const server = createServer(async (request, response) => {
  const [status, body] = await answer(request).catch((error) => [400, { error: error.message }]);
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
});

server.listen(0, '127.0.0.1', () => console.log(`listening on ${server.address().port}`));

async function answer(request) {
  const url = new URL(request.url, 'http://127.0.0.1');
  const [, place, station] = url.pathname.split('/');
  if (request.method === 'GET' && place === 'board') {
    return board({ station: decodeURIComponent(station ?? ''), ...Object.fromEntries(url.searchParams) });
  }
  if (request.method === 'POST' && place === 'seats') return book(await json(request));
  return [404, { error: STATUS_CODES[404] }];
}

function board(question) {
  if (!validateBoard(question)) return [400, { error: errorsText(validateBoard.errors) }];
  return [200, { station: question.station, departures: departures(question) }];
}

function book(wish) {
  if (!validateSeat(wish)) return [400, { error: errorsText(validateSeat.errors) }];
  const place = [wish.train, wish.date, wish.seat].join(' ');
  if (wish.seat !== undefined && booked.has(place)) return [409, { error: STATUS_CODES[409] }];
  booked.add(place);
  return [201, { booking: booked.size, ...wish }];
}

/** What `ajv.errorsText` says; a validator that was compiled beforehand comes without it. */
function errorsText(errors) {
  return errors.map((error) => `data${error.instancePath} ${error.message}`).join(', ');
}
