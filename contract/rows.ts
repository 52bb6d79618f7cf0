/**
 * Rows within a text: a line for each, a tab between its cells. A reader that knows nothing of it, such
 * as an older tablet, shows a text that is still understood.
 */
export type Rows = readonly (readonly string[])[]

const breaks = /[\t\n\r\u2028\u2029]+/g

export function textOfRows(rows: Rows): string {
  return rows
    .map((row) =>
      row
        .map((cell) => cell.replaceAll(breaks, ' '))
        .join('\t')
        .replace(/\t+$/, '')
    )
    .filter((line) => line.trim() !== '')
    .join('\n')
}

export function rowsOf(text: string): string[][] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.split('\t'))
}
