import { execFile } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { trailCheckSchema } from '#contract/trail-check.ts'
import { trailFile } from '#server/logs/trail-file.ts'
import { Family } from '#tests/support/people.ts'
import { World } from '#tests/support/world.ts'
import { medianOf, type Figure } from './figures.ts'

const entries = 1_000_000
const atOnce = 1000
const rounds = 3
const secondsAllowed = 10

const run = promisify(execFile)

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/** A register in which a million uses are logged, its trail as a file, and the verifier that has the file alone. */
export async function measureTrail(): Promise<Figure[]> {
  const world = await World.create()
  try {
    const office = await world.mainUser()
    const family = await Family.open(world, office)
    const user = (await world.user({ role: 'worker' })).id
    const { store } = world.parts
    const use = {
      customership: family.id,
      user,
      device: null,
      kind: 'open',
      purpose: null
    } as const
    const filling = await timed(async () => {
      for (let at = 0; at < entries; at += atOnce)
        await store.usage.append(
          Array.from({ length: atOnce }, (_, index) => ({ ...use, at: at + index + 1 }))
        )
    })
    const file = join(world.folder, 'trail.txt')
    await pipeline(Readable.from(trailFile(world.parts)), createWriteStream(file))
    const verified: number[] = []
    for (let round = 0; round < rounds; round += 1)
      verified.push(await timed(() => run(process.execPath, ['tools/verify-trail.js', file])))
    let isWhole = false
    const checked = await timed(async () => {
      const answer = await office.ask('GET', '/api/office/log/check')
      isWhole = trailCheckSchema.parse(answer.body).faults.length === 0
    })
    if (!isWhole) throw new Error('the trail is not whole')
    const seconds = medianOf(verified) / 1000
    return [
      {
        what: 'A trail of a million entries verified from its file alone, the process included',
        value: `${seconds.toFixed(1)} s`,
        beside: `in the register, every line of the log held against it: ${(checked / 1000).toFixed(1)} s; written: ${((filling / entries) * 1000).toFixed(0)} µs each`,
        ratio: '',
        allowed: `under ${secondsAllowed} s`,
        holds: seconds < secondsAllowed
      }
    ]
  } finally {
    await world.close()
  }
}
