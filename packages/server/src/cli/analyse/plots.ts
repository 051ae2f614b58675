import stringWidth from 'string-width';

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
const heights = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const shades = ['·', '░', '▒', '▓', '█'];

/** A bar, as long as its share of the most. */
export function bar(value: number, most: number, width: number): string {
  const parts = most <= 0 ? 0 : Math.round((value / most) * width * 8);
  return '█'.repeat(Math.floor(parts / 8)) + eighths[parts % 8];
}

/** One character a value, as high as its share of the most; a blank for none. */
export function sparkline(values: readonly number[], most: number): string {
  return values.map((value) => (value <= 0 ? ' ' : heights[Math.min(7, Math.floor((value / most) * 8))])).join('');
}

/** One character a value, the darker the more. */
export function shading(values: readonly number[], most: number): string {
  return values
    .map((value) => (value <= 0 ? shades[0] : shades[Math.min(4, 1 + Math.floor((value / most) * 4))]))
    .join('');
}

/** Rows in columns: the first to the left, numbers to the right. */
export function table(rows: readonly (readonly (string | number)[])[], indent = '  '): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => stringWidth(String(row[column] ?? '')))),
  );
  return rows.map((row) =>
    `${indent}${row
      .map((cell, column) =>
        typeof cell === 'number'
          ? String(cell).padStart(widths[column] as number)
          : cell + ' '.repeat((widths[column] as number) - stringWidth(cell)),
      )
      .join('  ')}`.trimEnd(),
  );
}

/** `3 h 05 min`, `48 min`, `12 d 4 h`. */
export function duration(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 100) return `${hours} h ${String(minutes % 60).padStart(2, '0')} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** Of minutes after midnight: `20:15`, and `00:20` of the next day. */
export const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60) % 24).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

export const percent = (share: number): string => `${Math.round(share * 100)} %`;
