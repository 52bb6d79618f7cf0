import { createServer } from 'node:http'
import { once } from 'node:events'
import type { Page } from 'playwright-core'
import { Tablet } from '#tests/support/browser.ts'
import { medianOf } from '#bench/figures.ts'
import { pageAt } from './http.ts'
import type { Measured, Work } from './measured.ts'
import type { OfferedPeer } from './peer-page.ts'
import type { PeerKind } from './serve.ts'
import { ServingProcess } from './serving-process.ts'
import { peakMemory, storedBytes } from './weigh.ts'
import { Wire } from './wire.ts'

interface Offering {
  readonly peer: OfferedPeer
}
declare const window: Offering

/** The page's own files and no server: where a tablet has no network, its browser keeps those. */
async function serveOnly(pages: string): Promise<{ port: number; close: () => void }> {
  const server = createServer((request, response) => {
    const page = pageAt(request.url ?? '', pages)
    if (page) response.writeHead(200, { 'Content-Type': page.type }).end(page.body)
    else response.writeHead(503).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { port: address.port, close: () => void server.close() }
}

async function show(tablet: Tablet, wire: Wire, hash = ''): Promise<Page> {
  const page = await tablet.firstPage()
  page.setDefaultTimeout(300_000)
  page.on('pageerror', (error) => process.stderr.write(`${error.stack}\n`))
  await page.goto(`http://localhost:${wire.port}/peer/${hash}`)
  await page.waitForFunction(() => 'peer' in window)
  return page
}

async function expectHeld(page: Page, rows: number, changed: number): Promise<void> {
  const held = await page.evaluate(() => window.peer.holds())
  if (held.rows !== rows || held.changed !== changed)
    throw new Error(`${held.rows} rows and ${held.changed} changes, not ${rows} and ${changed}`)
}

/** Bytes both ways while `work` ran. */
async function weighed<T>(wire: Wire, work: () => Promise<T>): Promise<[T, number]> {
  const before = wire.sent + wire.received
  const result = await work()
  return [result, wire.sent + wire.received - before]
}

/** One round of one engine in a fresh profile, its server filled before. */
export async function measurePeer(kind: PeerKind, pages: string, work: Work): Promise<Measured> {
  const { rows, changed, notes } = work
  const wire = await Wire.listen()
  const alone = await serveOnly(pages)
  const server = await ServingProcess.start(kind, pages)
  await server.put(rows)
  wire.turnTo(server.port)
  const tablet = await Tablet.create('tablet')
  try {
    let page = await show(tablet, wire)
    await page.evaluate(() => window.peer.open())
    const [fetchMs, fetchBytes] = await weighed(wire, () => page.evaluate(() => window.peer.pull()))
    const peakBytes = await peakMemory(tablet.profile)
    await expectHeld(page, rows.length, 0)
    await tablet.close()
    const stored = await storedBytes(tablet.profile)

    wire.turnTo(alone.port)
    await tablet.open()
    page = await show(tablet, wire, `#${rows[0]?.customership}`)
    const cold = await page.evaluate(() => window.peer.cold)
    if (cold?.rows !== rows.length) throw new Error('not all could be read')

    await server.put(changed)
    wire.turnTo(server.port)
    const [pullMs, pullBytes] = await weighed(wire, () => page.evaluate(() => window.peer.pull()))
    await expectHeld(page, rows.length, changed.length)

    wire.turnTo(alone.port)
    const took = await page.evaluate((all) => window.peer.write(all), [...notes])
    wire.turnTo(server.port)
    const [pushMs, pushBytes] = await weighed(wire, () => page.evaluate(() => window.peer.push()))
    const held = await server.count()
    if (held !== rows.length + notes.length) throw new Error(`the server holds ${held} rows`)
    return {
      ...{ fetchMs, fetchBytes, storedBytes: stored, peakBytes },
      ...{ firstMs: cold.first, allMs: cold.all, startMs: cold.sinceNavigation },
      ...{ pullMs, pullBytes, writeMs: medianOf(took), pushMs, pushBytes }
    }
  } finally {
    await tablet.destroy()
    await server.stop()
    alone.close()
    await wire.close()
  }
}
