import { writeFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'

/**
 * Loaded into a server before it starts: how long its event loop stood still at most, in milliseconds, and what
 * memory it holds, in bytes, since the signal before. SIGUSR2 writes both into the file that is named.
 */
const file = process.env['KOTIKAYNTI_STALLS'] ?? ''
const resolution = 5
const delay = monitorEventLoopDelay({ resolution })
delay.enable()

process.on('SIGUSR2', () => {
  const longest = Math.max(0, delay.max / 1e6 - resolution)
  writeFileSync(file, JSON.stringify({ longest, bytes: process.memoryUsage().rss }))
  delay.reset()
})
