import type { Day } from '#contract/day.ts'
import { dayAt, instantOf, toMoment } from '#contract/day.ts'
import type { EntryId, UserId } from '#contract/id.ts'
import { addMonths, monthOf, type Month } from '#contract/month.ts'
import type { ApprovalAnswer, SummariesAnswer } from '#contract/summary-request.ts'
import { systemClock } from '#server/clock.ts'
import { deliverAs } from '#tests/support/month.ts'
import { Family, newEntryId } from '#tests/support/people.ts'
import { freePort, ServerProcess } from '#tests/support/server-process.ts'
import { bodyOf, World, type Client } from '#tests/support/world.ts'
import type { Figure } from './figures.ts'

const clients = 200
/** As many hours as the family is granted. */
const visitsEach = 10
const secondsAllowed = 30
/** As the screen asks. */
const atOnce = 5

const words = 'Leivottiin sämpylöitä, luettiin satua ja käytiin ulkona katsomassa sorsia. '

/** Ten held visits of one family, each with its signed note. */
async function fill(world: World, family: Family, worker: UserId, month: Month): Promise<void> {
  await world.parts.store.register.transact((tx) =>
    tx.change(family.id, async (change) => {
      for (let day = 1; day <= visitsEach; day += 1) {
        const start = instantOf(`${month}-${String(day).padStart(2, '0')}` as Day, 9)
        const [from, to] = [toMoment(start), toMoment(start + 3_600_000)]
        const visit: EntryId = newEntryId(world)
        const times = { plannedStart: from, plannedEnd: to, startedAt: from, endedAt: to }
        const held = { ...times, product: 'home-service', decision: family.decision, worker }
        await change.put('visit', visit, { ...held, state: 'completed' }, worker)
        const fields = { observations: words.repeat(3), agreed: words, 'child-view': words }
        const note = { visit, template: 'home-service', templateVersion: 1, fields }
        const signed = { state: 'signed' as const, author: worker, writtenAt: to, signedAt: to }
        await change.put('note', newEntryId(world), { ...note, ...signed }, worker)
      }
    })
  )
}

async function approveAll(office: Client, month: Month, lines: SummariesAnswer['lines']) {
  for (let at = 0; at < lines.length; at += atOnce) {
    const summaries = lines
      .slice(at, at + atOnce)
      .map(({ customership, organiser, based }) => ({ customership, organiser, based }))
    const body = { month, summaries, despite: false }
    const answer = await office.ask('POST', '/api/office/summaries/approval', body)
    const { results } = bodyOf<ApprovalAnswer>(answer)
    if (results.some(({ outcome }) => outcome !== 'approved'))
      throw new Error('one was not approved')
  }
}

/** A month's end of two hundred clients, through HTTP to a server process of its own. */
export async function measureMonthEnd(): Promise<Figure[]> {
  const world = await World.create({ now: systemClock.now() })
  const office = await world.mainUser()
  const worker = await world.user({ role: 'worker' })
  const month = addMonths(monthOf(dayAt(systemClock.now())), -1)
  // A decision runs from a month before its family came: the whole of last month must be in it, whatever day it is.
  const today = world.clock.now()
  world.clock.set(today - 40 * 86_400_000)
  for (let number = 1; number <= clients; number += 1) {
    const family = await Family.open(world, office, `Koskela${number}`)
    await fill(world, family, worker.id, month)
  }
  world.clock.set(today)
  const port = await freePort()
  const server = new ServerProcess(port, world.env)
  await world.stop()
  world.elsewhere = `http://127.0.0.1:${port}`
  try {
    await server.start()
    const read = async () =>
      bodyOf<SummariesAnswer>(await office.ask('GET', `/api/office/summaries?month=${month}`)).lines
    const begun = performance.now()
    const lines = await read()
    const listed = performance.now() - begun
    if (lines.length !== clients) throw new Error('a summary is missing')
    await approveAll(office, month, lines)
    const approved = performance.now() - begun - listed
    const summaries = (await read()).flatMap(({ customership, summary }) =>
      summary ? [{ customership, summary }] : []
    )
    const delivery = { organiser: 'mallikunta', month, channel: 'secure-mail', content: 'whole' }
    const { archive, done } = await deliverAs(office, { ...delivery, summaries })
    if (done?.delivered !== clients) throw new Error('not all was delivered')
    const milliseconds = performance.now() - begun
    const seconds = (of: number) => `${(of / 1000).toFixed(1)} s`
    return [
      {
        what: `${clients} clients’ month of ${visitsEach} visits each: listed, approved and delivered as one encrypted archive of PDF, CSV and JSON`,
        value: seconds(milliseconds),
        beside: `list ${seconds(listed)}, approval ${seconds(approved)}, ${(archive.length / 1_000_000).toFixed(1)} MB`,
        ratio: '',
        allowed: `under ${secondsAllowed} s`,
        holds: milliseconds < secondsAllowed * 1000
      }
    ]
  } finally {
    await server.stop()
    await world.close()
  }
}
