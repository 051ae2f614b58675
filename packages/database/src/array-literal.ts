type Element = string | number | bigint | boolean | null;

/** An array as the server reads it in text. The driver does the same by way of several strings for each element. */
export const arrayLiteral = (elements: readonly Element[]): string => `{${elements.map(asElement).join(',')}}`;

function asElement(element: Element): string {
  if (element === null) return 'NULL';
  if (typeof element !== 'string') return String(element);
  return /["\\]/.test(element) ? `"${element.replaceAll(/["\\]/g, '\\$&')}"` : `"${element}"`;
}
