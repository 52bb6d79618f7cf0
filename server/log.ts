type Field = string | number | boolean | null

/**
 * §5: a log holds ids, codes and numbers. There is no event whose fields could carry a name or a
 * word of a note, and what does not look like a code is withheld all the same.
 */
export interface Log {
  write(event: string, fields?: Readonly<Record<string, Field>>): void
}

const code = /^[A-Za-z0-9:_./*-]{0,120}$/

function withheld(value: Field): Field {
  return typeof value === 'string' && !code.test(value) ? '(withheld)' : value
}

/** One JSON object a line. `now` stamps it; `print` takes the line. */
export function createLog(now: () => string, print: (line: string) => void): Log {
  return {
    write(event, fields = {}) {
      const safe = Object.entries(fields).map(([name, value]) => [name, withheld(value)])
      print(JSON.stringify({ at: now(), event: withheld(event), ...Object.fromEntries(safe) }))
    }
  }
}
