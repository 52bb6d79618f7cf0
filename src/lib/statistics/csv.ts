/** Excel would run as a formula what begins like one (OWASP, CSV injection). */
const neutral = (cell: string): string => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell)

const quoted = (cell: string): string => `"${neutral(cell).replaceAll('"', '""')}"`

/** With a byte order mark and semicolons, as a Finnish spreadsheet expects it. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return `\ufeff${rows.map((cells) => `${cells.map(quoted).join(';')}\r\n`).join('')}`
}
