import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Parts } from '#server/http/parts.ts'
import { gauge, type Family } from '#server/meters/exposition.ts'

const resolutionMilliseconds = 20
const nanosecondsPerSecond = 1e9
/** A process has one event loop, however many servers it holds. */
const delay = monitorEventLoopDelay({ resolution: resolutionMilliseconds })

/** How the process fares. The delay is measured anew from one reading to the next. */
export function watchProcess({ version, clock }: Pick<Parts, 'version' | 'clock'>): {
  families(): Family[]
} {
  // This one goes on evenly, whatever becomes of the clock.
  const begun = { at: clock.now(), steady: performance.now() }
  delay.enable()
  /** The timer itself is late by its resolution; what is above that is somebody's work. */
  const late = (nanoseconds: number) =>
    Math.max(0, nanoseconds / nanosecondsPerSecond - resolutionMilliseconds / 1000)
  return {
    families() {
      const { rss, heapUsed, external } = process.memoryUsage()
      const { user, system } = process.cpuUsage()
      const delays = [
        { labels: { percentile: '50' }, value: late(delay.percentile(50)) },
        { labels: { percentile: '99' }, value: late(delay.percentile(99)) },
        { labels: { percentile: '100' }, value: late(delay.max) }
      ]
      delay.reset()
      return [
        gauge('kotikaynti_build', 'The version that runs.', { labels: { version }, value: 1 }),
        gauge(
          'kotikaynti_event_loop_delay_seconds',
          'By how much the event loop was late since the last reading.',
          ...delays
        ),
        gauge('process_resident_memory_bytes', 'Memory that the process holds.', { value: rss }),
        gauge('process_heap_used_bytes', 'Of it, objects in use.', { value: heapUsed }),
        gauge('process_external_memory_bytes', 'Memory of buffers outside the heap.', {
          value: external
        }),
        gauge(
          'kotikaynti_clock_stepped_seconds',
          'By how much the clock has jumped since the process began; back is below zero.',
          { value: (clock.now() - begun.at - (performance.now() - begun.steady)) / 1000 }
        ),
        {
          name: 'process_cpu_seconds_total',
          help: 'Processor time used.',
          kind: 'counter',
          samples: [{ value: (user + system) / 1e6 }]
        },
        gauge('process_uptime_seconds', 'Since the process began.', { value: process.uptime() })
      ]
    }
  }
}
