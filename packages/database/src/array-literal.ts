type Element = string | number | bigint | boolean | null;

/** An array as the server reads it. The driver does the same by way of several strings for each element, and imports send millions. */
export function arrayLiteral(elements: readonly Element[]): string {
  return `{${arrayElements(elements)}}`;
}

/** What stands between the braces, so that arrays can be put together from parts. */
export function arrayElements(elements: readonly Element[]): string {
  return elements.map(asElement).join(',');
}

function asElement(element: Element): string {
  if (element === null) return 'NULL';
  if (typeof element !== 'string') return String(element);
  return /["\\]/.test(element) ? `"${element.replaceAll(/["\\]/g, '\\$&')}"` : `"${element}"`;
}
