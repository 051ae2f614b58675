import { type CheerioAPI, tidy } from '../html.ts';

type Node = ReturnType<ReturnType<CheerioAPI['root']>['contents']>[number];
export type HtmlElement = Extract<Node, { attribs: unknown }>;

/** Notes, styles, categories: nothing that people read. */
const unread = new Set(['sup', 'style', 'script', 'link', 'meta', 'template', 'noscript']);
const apart = new Set(['br', 'li', 'ul', 'ol', 'div', 'p', 'dl', 'dt', 'dd', 'table', 'tr', 'th', 'td']);

interface Line {
  readonly text: string;
  readonly inList: boolean;
}

/** The names in a cell: its list's points where it has a list, else what `<br>`, blocks, or commas between links part. */
export function namesOf(cell: HtmlElement): string[] {
  const lines = allLines(cell, true);
  const points = lines.filter(({ inList }) => inList);
  return (points.length > 0 ? points : lines).map(({ text }) => text);
}

/** What stands in an element as people see it, line by line. */
export const linesOf = (element: HtmlElement): string[] => allLines(element, false).map(({ text }) => text);

/** In one line. */
export const textOf = (element: HtmlElement): string | null => tidy(linesOf(element).join(' '));

/** A stack instead of recursion: pages may be nested deeper than calls can be. */
function allLines(cell: HtmlElement, partsNames: boolean): Line[] {
  const lines: Line[] = [];
  let text = '';
  let lists = 0;
  const endLine = () => {
    const tidied = tidy(text);
    if (tidied !== null) lines.push({ text: tidied, inList: lists > 0 });
    text = '';
  };
  const leave = (element: HtmlElement) => () => {
    if (apart.has(element.name)) endLine();
    if (element.name === 'li') lists--;
  };
  const stack: (Node | (() => void))[] = [...cell.children].reverse();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (typeof node === 'function') node();
    else if (node.type === 'text' && partsNames && isSeparator(node)) endLine();
    else if (node.type === 'text') text += node.data;
    else if (isElement(node) && !isUnread(node)) {
      if (apart.has(node.name)) endLine();
      if (node.name === 'li') lists++;
      stack.push(leave(node));
      for (let child = node.lastChild; child !== null; child = child.prev) stack.push(child);
    }
  }
  endLine();
  return lines;
}

/** A comma between two links parts two names; within a text it may be part of one: `Robert Downey, Jr.` */
function isSeparator(node: Extract<Node, { data: string }>): boolean {
  const between = node.prev !== null && node.next !== null && isLink(node.prev) && isLink(node.next);
  return between && /^\s*(?:,|&|and|,\s*and)\s*$/.test(node.data);
}

const isLink = (node: Node): boolean => isElement(node) && node.name === 'a';
const isElement = (node: Node): node is HtmlElement => 'attribs' in node;

export function isUnread({ name, attribs }: HtmlElement): boolean {
  return unread.has(name) || attribs.hidden !== undefined || /display\s*:\s*none/i.test(attribs.style ?? '');
}
