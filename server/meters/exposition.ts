type Labels = Readonly<Record<string, string>>

export interface Sample {
  /** Added to the family's name: `_bucket`, `_sum`, `_count`. */
  readonly suffix?: string
  readonly labels?: Labels
  readonly value: number
}

/** All samples of one name, with what they mean. */
export interface Family {
  readonly name: string
  readonly help: string
  readonly kind: 'counter' | 'gauge' | 'histogram'
  readonly samples: readonly Sample[]
}

export const gauge = (name: string, help: string, ...samples: readonly Sample[]): Family => ({
  name,
  help,
  kind: 'gauge',
  samples
})

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '"': '\\"' }
const escaped = (text: string, pattern: RegExp): string =>
  text.replace(pattern, (found) => escapes[found] ?? found)

function labelled(labels: Labels): string {
  const pairs = Object.entries(labels).map(
    ([name, value]) => `${name}="${escaped(value, /[\\\n"]/g)}"`
  )
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

function number(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (Number.isFinite(value)) return String(value)
  return value > 0 ? '+Inf' : '-Inf'
}

export const expositionType = 'text/plain; version=0.0.4; charset=utf-8'

/** Prometheus' text format 0.0.4. A family without samples is left out. */
export function exposition(families: readonly Family[]): string {
  const lines = families
    .filter(({ samples }) => samples.length > 0)
    .flatMap(({ name, help, kind, samples }) => [
      `# HELP ${name} ${escaped(help, /[\\\n]/g)}`,
      `# TYPE ${name} ${kind}`,
      ...samples.map(
        ({ suffix = '', labels = {}, value }) =>
          `${name}${suffix}${labelled(labels)} ${number(value)}`
      )
    ])
  return `${lines.join('\n')}\n`
}
