import { deflateSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addDays, dayAt } from '#contract/day.ts'
import { emblemLimits } from '#contract/emblem.ts'
import type { User } from '#server/store/users.ts'
import { Family } from '#tests/support/people.ts'
import { faultsOfPdf } from '#tests/support/pdf-faults.ts'
import { pngChunk, pngHeader, pngSignature } from '#tests/support/pictures.ts'
import { readPdf } from '#tests/support/read-pdf.ts'
import { bodyOf, codeOf, origin, World, type Answer, type Client } from '#tests/support/world.ts'

const path = '/api/office/organisation/emblem'

let world: World
let mainUser: User
let office: Client
let family: Family

beforeEach(async () => {
  world = await World.create()
  mainUser = await world.user({ role: 'main-user', displayName: 'Sirpa Koordinaattori' })
  office = await world.signedIn(mainUser)
  family = await Family.open(world, office)
})
afterEach(() => world.close())

/** Half of it transparent, which a paper has to unpack. */
function logo(width = 60, height = 20): Buffer {
  const row = Buffer.alloc(1 + width * 4, 0x40)
  row[0] = 0
  return Buffer.concat([
    pngSignature,
    pngHeader(width, height, [8, 6, 0, 0, 0]),
    pngChunk('tEXt', Buffer.from('Author\0Aino')),
    pngChunk('IDAT', deflateSync(Buffer.concat(Array.from({ length: height }, () => row)))),
    pngChunk('IEND')
  ])
}

const put = (bytes: Buffer, client = office): Promise<Answer> =>
  client.send('PUT', path, Uint8Array.from(bytes), { 'Content-Type': 'application/octet-stream' })

async function fetchFile(address: string): Promise<{ headers: Headers; bytes: Buffer }> {
  const cookies = [...office.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const headers = { 'Kotikaynti-Protocol': '1', Origin: origin, Cookie: cookies }
  const response = await world.answer(address, { headers })
  return { headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) }
}

const disclosures = async () =>
  (await fetchFile(`/api/office/customerships/${family.id}/disclosures/pdf`)).bytes

const picturesIn = async (bytes: Buffer, password?: string) =>
  (await readPdf(bytes, password)).pages.map(({ pictures }) => pictures)

test('§10 the organisation’s logo heads a paper, says who gives it, and is gone when it is taken away', async () => {
  expect(await picturesIn(await disclosures())).toEqual([[]])
  expect((await put(logo())).body).toEqual({ mediaType: 'image/png', width: 60, height: 20 })
  const paper = await disclosures()
  expect(await picturesIn(paper)).toEqual([['Kotiapu Oy']])
  expect(faultsOfPdf(paper)).toEqual([])
  expect((await office.ask('DELETE', path)).status).toBe(204)
  expect(await picturesIn(await disclosures())).toEqual([[]])
})

test('§7 it heads the paper of a return package too, once', async () => {
  await put(logo())
  await family.end(addDays(dayAt(world.clock.now()), 3))
  const address = `/api/office/customerships/${family.id}/package`
  expect((await office.ask('POST', address, { language: 'sv' })).status).toBe(201)
  const told = await office.ask('POST', `${address}/passphrase`, {})
  const { passphrase } = bodyOf<{ passphrase: string }>(told)
  const { bytes } = await fetchFile(`${address}/record`)
  const [first, ...others] = await picturesIn(bytes, passphrase)
  expect(first).toEqual(['Kotiapu Oy'])
  expect(others.flat()).toEqual([])
  expect(faultsOfPdf(bytes, passphrase)).toEqual([])
})

test('SECURITY 17 it is a file of its own kind, whatever the sender called it, and holds its pixels alone', async () => {
  expect((await fetchFile(path)).bytes).toHaveLength(0)
  const sent = await office.send('PUT', path, Uint8Array.from(logo()), {
    'Content-Type': 'image/jpeg'
  })
  expect(sent.body).toMatchObject({ mediaType: 'image/png' })
  const { headers, bytes } = await fetchFile(path)
  expect(headers.get('content-type')).toBe('image/png')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('content-disposition')).toBe('attachment; filename="emblem.png"')
  expect(headers.get('cache-control')).toBe('no-store')
  expect(bytes.toString('latin1')).not.toContain('Aino')
})

test('SECURITY 17 what is no picture, or more than a paper carries, changes nothing and is not repeated', async () => {
  await put(logo(61))
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>Aino()</script></svg>')
  for (const [bytes, code] of [
    [svg, 'not-a-picture'],
    [logo().subarray(0, -20), 'broken-picture'],
    [Buffer.concat([logo(), svg]), 'broken-picture'],
    [logo(emblemLimits.side + 1, 1), 'too-many-pixels']
  ] as const) {
    const refused = await put(bytes)
    expect([refused.status, codeOf(refused)]).toEqual([422, 'invalid'])
    expect(refused.body).toMatchObject({ issues: [{ path: ['emblem'], code }] })
    expect(refused.text).not.toContain('Aino')
  }
  expect((await put(Buffer.alloc(emblemLimits.bytes + 1))).status).toBe(413)
  expect(await world.parts.store.emblem.read()).toMatchObject({ width: 61 })
})

test('a worker neither sets nor takes it away', async () => {
  await put(logo())
  const worker = await world.signedIn(await world.user({ role: 'worker' }))
  expect((await put(logo(99), worker)).status).toBe(403)
  expect((await worker.ask('DELETE', path)).status).toBe(403)
  expect((await worker.ask('GET', path)).status).toBe(403)
  expect(await world.parts.store.emblem.read()).toMatchObject({ width: 60 })
})
