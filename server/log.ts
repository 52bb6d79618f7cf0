import { AsyncLocalStorage } from 'node:async_hooks'

type Field = string | number | boolean | null

/**
 * §5: a log holds ids, codes and numbers. There is no event whose fields could carry a name or a
 * word of a note, and what does not look like a code is withheld all the same.
 */
export interface Log {
  write(event: string, fields?: Readonly<Record<string, Field>>): void
}

const code = /^[A-Za-z0-9:_./*-]{0,120}$/

/** A text that is no code may be anybody's words. */
export const codeOnly = (text: string): string => (code.test(text) ? text : '(withheld)')

function withheld(value: Field): Field {
  return typeof value === 'string' ? codeOnly(value) : value
}

const requests = new AsyncLocalStorage<string>()

/** Every line that is written while `use` is done, and by what it began, bears the request's id. */
export const inRequest = <T>(id: string, use: () => T): T => requests.run(id, use)

/** One JSON object a line. `now` stamps it; `print` takes the line. */
export function createLog(now: () => string, print: (line: string) => void): Log {
  return {
    write(event, fields = {}) {
      const safe = Object.entries(fields).map(([name, value]) => [name, withheld(value)] as const)
      const request = requests.getStore()
      const within = request === undefined ? {} : { request: withheld(request) }
      const line = { at: now(), event: withheld(event), ...within, ...Object.fromEntries(safe) }
      print(JSON.stringify(line))
    }
  }
}
