import { run } from '#tools/run.js'
import { writeDown } from './book.js'

/** @typedef {{ tablets: number, operations: number, pulls: number, p99: number, longest: number, begun: number, ended: number, isFlat: boolean }} Seen */

/** A server's memory among five hundred tablets, for so many minutes. @param {number} minutes */
export async function soakCrowd(minutes) {
  const { code, output } = await run('node', ['bench/hour.ts'], {
    ...{ quiet: true, tell: console.log },
    env: { KOTIKAYNTI_MINUTES: String(minutes) }
  })
  const last = output.trimEnd().split('\n').at(-1) ?? ''
  if (!last.startsWith('{')) {
    console.error(output)
    writeDown({ outcome: '**failed**' })
    return false
  }
  const seen = /** @type {Seen} */ (JSON.parse(last))
  const { tablets, operations, pulls, p99, longest, begun, ended, isFlat } = seen
  writeDown({
    outcome: `${tablets} tablets that listen, ${operations} operations and ${pulls} pulls (99th percentile ${p99} ms, longest stall ${longest} ms): ${begun} MiB in memory after ten minutes, ${ended} at the end${isFlat ? '' : ' **(it grows)**'}`
  })
  return code === 0
}
