import { toMoment } from '#contract/day.ts'
import type { Envelope } from '#contract/envelope.ts'
import type { OperationId } from '#contract/id.ts'
import { pushAnswerSchema } from '#contract/push.ts'
import { newEntryId } from '#tests/support/people.ts'
import { WireTablet } from '#tests/support/tablet.ts'
import type { World } from '#tests/support/world.ts'
import type { ShiftVisit } from './shift-register.ts'

/** What those do who work: tablets that speak the protocol and nothing else. */
const noteText = 'Leivottiin sämpylöitä, luettiin satua ja käytiin ulkona. '.repeat(12)

/** Each with a tablet of their own. */
export async function people(world: World, count: number): Promise<WireTablet[]> {
  const made: WireTablet[] = []
  for (let index = 0; index < count; index += 1)
    made.push(await WireTablet.enrol(world, await world.user({ role: 'worker' })))
  return made
}

/** In milliseconds. */
export async function timed(act: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await act()
  return performance.now() - from
}

/** Milliseconds until the whole answer is there. */
export const pull = (tablet: WireTablet): Promise<number> =>
  timed(async () => {
    const answer = await tablet.askPull()
    if (answer.status !== 200) throw new Error(`pull answered ${answer.status}`)
  })

/** A day without a network: each visit begun, ended and written of. Signed and sealed beforehand. */
export async function work(
  world: World,
  tablet: WireTablet,
  visits: readonly ShiftVisit[]
): Promise<Envelope[]> {
  const now = world.clock.now()
  for (const { customership, visit, decision } of visits) {
    const based = tablet.entry(customership, visit)?.revision ?? null
    const record = {
      visit,
      decision,
      product: 'home-service',
      startedAt: toMoment(now - 3_600_000)
    }
    const begun: OperationId = tablet.write({
      op: 'visit.record',
      customership,
      based,
      body: { ...record, state: 'started' }
    }).id
    const ended = { ...record, endedAt: toMoment(now), state: 'completed' }
    tablet.write({ op: 'visit.record', customership, based, after: begun, body: ended })
    const note = { note: newEntryId(world), visit, template: 'home-service', templateVersion: 1 }
    const fields = { tasks: ['meals'], done: noteText }
    tablet.write({ op: 'note.sign', customership, body: { ...note, fields } })
  }
  return Promise.all(tablet.outbox.map((item) => tablet.seal(item)))
}

/** Pushes eight hours and pulls what became of them; answers how long the pull took. */
export async function deliver(tablet: WireTablet, envelopes: readonly Envelope[]): Promise<number> {
  const answer = await tablet.ask(envelopes)
  if (answer.status !== 200) throw new Error(`push answered ${answer.status}`)
  const { results } = pushAnswerSchema.parse(answer.body)
  if (results.some(({ outcome }) => outcome !== 'applied')) throw new Error('not applied')
  tablet.receipt(results)
  return pull(tablet)
}
