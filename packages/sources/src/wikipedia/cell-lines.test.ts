import { describe, expect, it } from 'vitest';
import { openPage } from '../html.ts';
import { type HtmlElement, linesOf, namesOf, textOf } from './cell-lines.ts';

const cell = (html: string): HtmlElement => {
  const [element] = openPage(`<table><tbody><tr><td>${html}</td></tr></tbody></table>`)('td').toArray();
  return element as HtmlElement;
};

describe('the names in a cell', () => {
  it.each([
    [
      'a list',
      '<div class="plainlist"><ul><li><a>Ana Ruiz</a></li>\n<li>Bo Lind</li></ul></div>',
      ['Ana Ruiz', 'Bo Lind'],
    ],
    ['lines', '<a>Ana Ruiz</a><br/>Bo Lind<br>', ['Ana Ruiz', 'Bo Lind']],
    ['links with commas between', '<a>Ana Ruiz</a>, <a>Bo Lind</a>, and <a>Cy</a>', ['Ana Ruiz', 'Bo Lind', 'Cy']],
    ['a comma within a name', '<a>Ana Ruiz, Jr.</a>', ['Ana Ruiz, Jr.']],
    ['a list in a list', '<ul><li>Ana<ul><li>Bo</li></ul></li></ul>', ['Ana', 'Bo']],
    ['a heading above a list', 'Voices:<ul><li>Ana</li></ul>', ['Ana']],
    ['nothing', ' \n<link rel="x"/> ', []],
  ])('are those of %s', (_, html, names) => {
    expect(namesOf(cell(html))).toEqual(names);
  });

  it('have no notes, styles or hidden parts', () => {
    const html =
      'Ana<sup class="reference">[1]</sup><style>.x{}</style><span style="color:red; DISPLAY : none">x</span><i hidden>y</i> Ruiz';
    expect(namesOf(cell(html))).toEqual(['Ana Ruiz']);
  });
});

describe('the text of an element', () => {
  it('keeps commas between links, and what stands beside a list', () => {
    expect(textOf(cell('With <a>Ana</a>, <a>Bo</a> and <a>Cy</a>.'))).toBe('With Ana, Bo and Cy.');
    expect(linesOf(cell('Two:<ul><li>a</li></ul>'))).toEqual(['Two:', 'a']);
  });

  it('has single spaces, and is null where there is none', () => {
    expect(textOf(cell('January\u00a025,\n 2031'))).toBe('January 25, 2031');
    expect(textOf(cell('<br>'))).toBeNull();
  });
});
