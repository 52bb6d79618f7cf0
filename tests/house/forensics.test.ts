import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { fewestForms, Forensics, formsOf } from '#tests/support/forensics.ts'

const canary = Buffer.from('kanaria-4f9a1c77 näin')
const other = Buffer.from('kanaria-00000000 muu')
const noise = Buffer.alloc(5000, 'tavallista tekstiä ')
const hidden = (form: Buffer) => Buffer.concat([noise, form, noise])

test('a canary is found however it is written down', () => {
  const forms = formsOf(canary)
  expect(forms.length).toBeGreaterThanOrEqual(fewestForms)
  const forensics = new Forensics([other, canary])
  for (const form of forms) expect([...forensics.find(hidden(form))]).toEqual([1])
  expect([...forensics.find(noise)]).toEqual([])
})

const packings = { gzip: gzipSync, deflate: deflateSync, zstd: zstdCompressSync }

test.each(Object.entries(packings))('a canary is found inside %s, twice over too', (_, pack) => {
  const forensics = new Forensics([canary])
  const packed = pack(hidden(canary))
  expect([...forensics.find(hidden(packed))]).toEqual([0])
  expect([...forensics.find(gzipSync(hidden(packed)))]).toEqual([0])
})

test('a canary is found by its suffix, in a file cut off, and in a file that is all Brotli', async () => {
  const forensics = new Forensics([canary])
  expect(forensics.find(canary.subarray(5)).size).toBe(1)
  expect(forensics.find(canary.subarray(0, 12)).size).toBe(0)
  const folder = await mkdtemp(join(tmpdir(), 'forensics-'))
  const whole = gzipSync(
    hidden(Buffer.concat([canary, Buffer.from(crypto.randomUUID().repeat(400))]))
  )
  await writeFile(join(folder, 'cut'), whole.subarray(0, whole.length - 20))
  await writeFile(join(folder, 'brotli'), brotliCompressSync(hidden(canary)))
  await writeFile(join(folder, 'clean'), noise)
  expect((await forensics.scan(folder)).sort()).toEqual(['brotli: 1', 'cut: 1'])
  await rm(folder, { recursive: true })
})
