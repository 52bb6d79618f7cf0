import { randomBytes, randomInt } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { toMoment } from '#contract/day.ts'
import { newBackupKey, openBackupKey } from '#server/keys/backup-key.ts'
import { headerLine, keyName } from './header.ts'
import { headerOf, openFile, sealFile } from './sealed-file.ts'

const rootKey = Buffer.alloc(32, 5)
const at = toMoment(Date.parse('2026-11-22T07:00:00Z'))
const { key, wrapped } = newBackupKey(rootKey, keyName(at))
const about = { at, generation: 'g', version: '0006', key: wrapped.toString('base64url') }
const line = headerLine(about)
const sealedChunk = (1 << 20) + 28

/** Three whole chunks and a piece, so that there is an order to break and a boundary to cut at. */
const plain = randomBytes(3 * (1 << 20) + 12_345)

let folder: string
let sealed: Buffer

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sealed-'))
  writeFileSync(join(folder, 'plain'), plain)
  await sealFile({ from: join(folder, 'plain'), to: join(folder, 'sealed'), line, key })
  sealed = readFileSync(join(folder, 'sealed'))
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

async function opened(bytes: Buffer, given: { key?: typeof key; line?: string } = {}) {
  const [from, to] = [join(folder, 'tried'), join(folder, 'opened')]
  rmSync(to, { force: true })
  writeFileSync(from, bytes)
  await openFile({ from, to, line, key, ...given })
  return readFileSync(to)
}

const chunk = (index: number) => {
  const start = Buffer.byteLength(line) + index * sealedChunk
  return sealed.subarray(start, start + sealedChunk)
}
const head = () => sealed.subarray(0, Buffer.byteLength(line))

test('what was sealed opens as it was, and its header tells the time and little else', async () => {
  expect((await opened(sealed)).equals(plain)).toBe(true)
  const read = await headerOf(join(folder, 'sealed'))
  expect(read?.line).toBe(line)
  expect(Object.keys(read?.header ?? {})).toEqual(['format', 'at', 'generation', 'version', 'key'])
})

test('a file of exactly whole chunks opens too', async () => {
  const whole = plain.subarray(0, 2 << 20)
  writeFileSync(join(folder, 'whole'), whole)
  const to = join(folder, 'whole-sealed')
  await sealFile({ from: join(folder, 'whole'), to, line, key })
  expect((await opened(readFileSync(to))).equals(whole)).toBe(true)
})

test('a single flipped bit is refused, wherever it is', async () => {
  for (let flips = 0; flips < 200; flips += 1) {
    const bytes = Buffer.from(sealed)
    const place = randomInt(head().length, bytes.length)
    bytes[place] = (bytes[place] ?? 0) ^ (1 << randomInt(8))
    await expect(opened(bytes)).rejects.toThrow('damaged')
  }
})

test('a changed header is refused: every chunk is bound to it', async () => {
  const other = headerLine({ ...about, generation: 'h' })
  const bytes = Buffer.concat([Buffer.from(other), sealed.subarray(head().length)])
  await expect(opened(bytes, { line: other })).rejects.toThrow('damaged')
})

test('what is cut off is refused, also between chunks', async () => {
  const cuts = [0, 1, 2, 3].map((chunks) => head().length + chunks * sealedChunk)
  for (const end of [...cuts, sealed.length - 1, sealed.length - 400])
    await expect(opened(sealed.subarray(0, end))).rejects.toThrow('damaged')
})

test('chunks in another order, left out, twice or of another backup are refused', async () => {
  const stranger = newBackupKey(rootKey, keyName(at))
  await sealFile({
    from: join(folder, 'plain'),
    to: join(folder, 'stranger'),
    line,
    key: stranger.key
  })
  const foreign = readFileSync(join(folder, 'stranger'))
    .subarray(head().length)
    .subarray(sealedChunk, 2 * sealedChunk)
  for (const chunks of [
    [chunk(1), chunk(0), chunk(2), chunk(3)],
    [chunk(0), chunk(2), chunk(3)],
    [chunk(0), chunk(1), chunk(1), chunk(2), chunk(3)],
    [chunk(0), foreign, chunk(2), chunk(3)],
    [chunk(0), chunk(1), chunk(2), chunk(3), Buffer.from('more')]
  ])
    await expect(opened(Buffer.concat([head(), ...chunks]))).rejects.toThrow('damaged')
})

test('only this root key opens its key, and only for this backup', () => {
  expect(openBackupKey(rootKey, keyName(at), wrapped)?.equals(key)).toBe(true)
  expect(openBackupKey(Buffer.alloc(32, 6), keyName(at), wrapped)).toBeNull()
  expect(openBackupKey(rootKey, keyName(toMoment(0)), wrapped)).toBeNull()
})

test('what is no backup has no header', async () => {
  for (const text of ['', 'SQLite format 3', '{"format":"other"}\n', 'x'.repeat(5000)]) {
    writeFileSync(join(folder, 'no-backup'), text)
    expect(await headerOf(join(folder, 'no-backup'))).toBeNull()
  }
  expect(existsSync(join(folder, 'sealed'))).toBe(true)
})
