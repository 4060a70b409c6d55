import assert from 'node:assert/strict';
import type { Json } from '../../../../src/core/json.ts';
import type { ParameterStyle } from '../../../../src/tools/openapi/operation.ts';
import { headerText, pairsOf, pathText } from '../../../../src/tools/openapi/styles.ts';

const array = ['blue', 'black', 'brown'];
const object = { R: 100, G: 200, B: 150 };

type Row = [
  style: ParameterStyle,
  explode: boolean,
  empty: string,
  text: string,
  array: string,
  object: string,
];

function query(style: ParameterStyle, explode: boolean, value: Json): string {
  return pairsOf({ name: 'color', style, explode }, value)
    .map((pair) => pair.join('='))
    .join('&');
}

describe('the styles of parameters', () => {
  it('are written as the table of OpenAPI 3.1.1 has them: in paths', () => {
    const rows: Row[] = [
      ['matrix', false, ';color', ';color=blue', ';color=blue,black,brown', ';color=R,100,G,200,B,150'],
      ['matrix', true, ';color', ';color=blue', ';color=blue;color=black;color=brown', ';R=100;G=200;B=150'],
      ['label', false, '.', '.blue', '.blue,black,brown', '.R,100,G,200,B,150'],
      ['label', true, '.', '.blue', '.blue.black.brown', '.R=100.G=200.B=150'],
      ['simple', false, '', 'blue', 'blue,black,brown', 'R,100,G,200,B,150'],
      ['simple', true, '', 'blue', 'blue,black,brown', 'R=100,G=200,B=150'],
    ];
    for (const [style, explode, ...expected] of rows) {
      const written = ['', 'blue', array, object].map(
        (value) => pathText({ name: 'color', style, explode }, value) ?? '',
      );
      assert.deepEqual(written, expected, `${style} ${explode ? 'exploded' : ''}`);
    }
  });

  it('are written as the table has them: in queries', () => {
    const rows: Row[] = [
      ['form', false, 'color=', 'color=blue', 'color=blue,black,brown', 'color=R,100,G,200,B,150'],
      ['form', true, 'color=', 'color=blue', 'color=blue&color=black&color=brown', 'R=100&G=200&B=150'],
    ];
    for (const [style, explode, ...expected] of rows) {
      const written = ['', 'blue', array, object].map((value) => query(style, explode, value));
      assert.deepEqual(written, expected, `${style} ${explode ? 'exploded' : ''}`);
    }
    assert.equal(query('spaceDelimited', false, array), 'color=blue%20black%20brown');
    assert.equal(query('spaceDelimited', false, object), 'color=R%20100%20G%20200%20B%20150');
    assert.equal(query('pipeDelimited', false, array), 'color=blue%7Cblack%7Cbrown');
    assert.equal(query('pipeDelimited', false, object), 'color=R%7C100%7CG%7C200%7CB%7C150');
    assert.equal(query('deepObject', true, object), 'color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150');
  });

  it('are written as the table has them: in headers', () => {
    const header = (explode: boolean, value: Json) =>
      headerText({ name: 'color', style: 'simple', explode }, value);
    assert.deepEqual(
      [false, true].map((explode) => header(explode, 'blue')),
      ['blue', 'blue'],
    );
    assert.deepEqual(
      [false, true].map((explode) => header(explode, array)),
      ['blue,black,brown', 'blue,black,brown'],
    );
    assert.deepEqual(
      [false, true].map((explode) => header(explode, object)),
      ['R,100,G,200,B,150', 'R=100,G=200,B=150'],
    );
  });

  it('say what was given and no more: nothing in a value ends it, adds a parameter or is taken for something encoded', () => {
    assert.equal(query('form', true, 'a&admin=1#x+y %41'), 'color=a%26admin%3D1%23x%2By%20%2541');
    assert.equal(query('form', true, { 'a&admin': '1' }), 'a%26admin=1');
    assert.equal(query('form', false, ['a,b', 'c']), 'color=a%2Cb,c');
    assert.equal(query('deepObject', true, { 'x]&y[': 1 }), 'color%5Bx%5D%26y%5B%5D=1');
    assert.equal(
      pathText({ name: 'id', style: 'simple', explode: false }, '../a?b#c;d'),
      '..%2Fa%3Fb%23c%3Bd',
    );
  });

  it('let reserved characters stand where the document says so, save those that would change the query', () => {
    const parameter = { name: 'path', style: 'form', explode: true, allowReserved: true } as const;
    assert.deepEqual(pairsOf(parameter, '/a:b?c@d&e=f#g+h'), [['path', '/a:b?c@d%26e%3Df%23g%2Bh']]);
  });

  it('write nested values of deepObject with brackets', () => {
    assert.equal(
      decodeURIComponent(query('deepObject', true, { tags: ['a', 'b'], owner: { name: 'x y', none: null } })),
      'color[tags][0]=a&color[tags][1]=b&color[owner][name]=x y',
    );
  });

  it('write nothing for nothing', () => {
    assert.equal(query('form', true, []), '');
    assert.equal(query('form', false, {}), '');
    assert.equal(query('form', true, null), '');
    assert.equal(pathText({ name: 'id', style: 'simple', explode: false }, []), null);
  });
});
