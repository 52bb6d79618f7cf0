/** SECURITY 17: a cell that a spreadsheet would run as a formula is text, and stays text (OWASP, CSV injection). */
export const tameCell = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)

export const quoteCell = (text: string): string => `"${text.replaceAll('"', '""')}"`

/** As spreadsheets in Finland open it: semicolons, CRLF, and a mark that it is UTF-8. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  const lines = rows.map((row) => row.map((text) => quoteCell(tameCell(text))).join(';'))
  return `\ufeff${lines.join('\r\n')}\r\n`
}
