import type { Result } from '#contract/push.ts'
import { Counter } from './counter.ts'
import { gauge, type Family } from './exposition.ts'
import { Histogram } from './histogram.ts'

/** Seconds: what a person feels, and what a proxy gives up at. */
const durations = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 10, 60]

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE'])

export interface Answered {
  readonly method: string
  /** As mounted, with no id in it. */
  readonly route: string
  readonly status: number
  readonly milliseconds: number
}

/**
 * §5: what the server counts of its own work since it started: codes and numbers. No label can hold
 * an id, a name or a word, because nothing here takes one.
 */
export class Meters {
  readonly #requests = new Counter<'route' | 'method' | 'status'>(
    'kotikaynti_requests_total',
    'Requests answered, by route, method and class of status.'
  )
  readonly #durations = new Histogram<'route' | 'method'>(
    'kotikaynti_request_duration_seconds',
    'Time until the head of the answer was ready, by route and method.',
    durations
  )
  readonly #operations = new Counter<'outcome' | 'code'>(
    'kotikaynti_operations_total',
    'Operations answered for the first time, by outcome and code.'
  )
  readonly #repeated = new Counter<'outcome'>(
    'kotikaynti_operations_repeated_total',
    'Operations that had been answered before, by the outcome that was told again.'
  )
  readonly #jobs = new Counter<'result'>(
    'kotikaynti_jobs_total',
    'Runs of what the calendar demands, by result.'
  )
  #jobsDoneAt: number | null = null

  answered({ method, route, status, milliseconds }: Answered): void {
    const known = methods.has(method) ? method : 'other'
    this.#requests.count({ route, method: known, status: `${Math.floor(status / 100)}xx` })
    this.#durations.observe({ route, method: known }, milliseconds / 1000)
  }

  pushed(results: readonly Pick<Result, 'outcome' | 'code' | 'again'>[]): void {
    for (const { outcome, code = 'none', again } of results)
      if (again) this.#repeated.count({ outcome })
      else this.#operations.count({ outcome, code })
  }

  /** `at`: milliseconds since 1970. */
  ranJobs(result: 'done' | 'failed', at: number): void {
    this.#jobs.count({ result })
    if (result === 'done') this.#jobsDoneAt = at
  }

  families(): Family[] {
    return [
      this.#requests.family(),
      this.#durations.family(),
      this.#operations.family(),
      this.#repeated.family(),
      this.#jobs.family(),
      gauge(
        'kotikaynti_jobs_done_timestamp_seconds',
        'When what the calendar demands was last done without a fault.',
        ...(this.#jobsDoneAt === null ? [] : [{ value: this.#jobsDoneAt / 1000 }])
      )
    ]
  }
}
