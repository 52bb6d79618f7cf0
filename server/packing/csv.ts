/** SECURITY 17: a cell that a spreadsheet would run is text, and stays text. */
function cell(text: string): string {
  const tame = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return `"${tame.replaceAll('"', '""')}"`
}

/** As spreadsheets in Finland open it: semicolons, CRLF, and a mark that it is UTF-8. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return `\ufeff${rows.map((row) => row.map(cell).join(';')).join('\r\n')}\r\n`
}
