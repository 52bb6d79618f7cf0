import { generateKeyPairSync, sign } from 'node:crypto'
import { expect, test } from 'vitest'
import { verifyEd25519 } from '#tests/support/ed25519.ts'
import {
  certificateSchema,
  certificateText,
  entriesIn,
  type Certificate,
  type Statement
} from './certificate.ts'
import { judgeCertificate } from './judge-certificate.ts'

const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const key = publicKey.export({ format: 'jwk' }).x ?? ''

function signed(statement: object): Certificate {
  const stated = { ...statement, key } as Statement & { key: string }
  const sig = sign(null, Buffer.from(certificateText(stated)), privateKey).toString('base64url')
  return certificateSchema.parse({ ...stated, sig })
}

const customership = '7d0f8a52-4c35-4a5e-9d5b-0f6c1d2e3f40'
const tablet = '01935b2e-7c00-7000-8000-000000000001'
const checks = [
  { what: 'data-key', left: 0 },
  { what: 'entries', left: 0 }
]

/** As the first version wrote it. */
const former = signed({
  number: 'KK-2026-000001',
  customership,
  deletedAt: '2026-11-22T09:00:00.000Z',
  cause: 'asked',
  by: '01935b2e-7c00-7000-8000-000000000002',
  entries: 12,
  devices: [{ device: tablet, state: 'purged' }],
  checks
})

const two = signed({
  format: 2,
  number: 'KK-2026-000002',
  customership,
  plannedAt: '2026-11-22T08:59:59.000Z',
  deletedAt: '2026-11-22T09:00:00.000Z',
  renewedAt: '2026-11-22T09:00:05.000Z',
  cause: 'deadline',
  role: null,
  handOver: 'unconfirmed',
  kinds: [
    { kind: 'profile', count: 1 },
    { kind: 'note', count: 4 },
    { kind: 'page', count: 3 },
    { kind: 'held-operation', count: 1 }
  ],
  methods: ['key-destroyed', 'rows-erased', 'log-truncated', 'absence-verified', 'bytes-scanned'],
  versions: { app: '0.1.0', protocol: 1 },
  devices: [{ device: tablet, state: 'purged', at: '2026-11-22T09:01:00.000Z' }],
  checks,
  scan: { at: '2026-11-22T09:00:05.000Z', files: 9, bytes: 1234567, marks: 9, found: 0 },
  backup: { lastAt: '2026-11-22T00:00:00.000Z' }
})

const judge = async (text: string, keys: readonly string[] = [key]) =>
  (await judgeCertificate(text, keys, verifyEd25519)).verdict

test('§7 a certificate of the first version still verifies, and so does one of today', async () => {
  expect(certificateText(former).startsWith('kotikaynti/certificate/1\nKK-2026-000001\n')).toBe(
    true
  )
  expect(await judge(JSON.stringify(former))).toBe('genuine')
  expect(await judge(JSON.stringify(two, null, 2))).toBe('genuine')
  expect([entriesIn(former), entriesIn(two)]).toEqual([12, 5])
})

test('§7 a certificate in which any one byte is changed is not genuine', async () => {
  for (const text of [former, two].map((one) => JSON.stringify(one)))
    for (let at = 0; at < text.length; at += 1)
      for (const other of [String.fromCharCode(text.charCodeAt(at) ^ 1), '0', 'Q', ' ']) {
        if (other === text[at]) continue
        const changed = text.slice(0, at) + other + text.slice(at + 1)
        expect(await judge(changed), changed).not.toBe('genuine')
      }
})

test('§7 nothing can be added to a certificate, left out of it or moved within it', async () => {
  const changed = [
    { ...two, note: 'added' },
    { ...two, devices: [] },
    { ...two, checks: [...two.checks].reverse() },
    { ...two, checks: [{ what: 'data-key 0\ncheck entries', left: 0 }] },
    { ...two, scan: null },
    { ...two, handOver: 'confirmed' },
    { ...former, format: 2 },
    { ...former, by: null }
  ]
  for (const one of changed)
    expect(['changed', 'not-a-certificate']).toContain(await judge(JSON.stringify(one)))
})

test('a whole certificate under a key that nobody published is not called genuine', async () => {
  expect(await judge(JSON.stringify(two), [])).toBe('unknown-key')
  expect(await judge(JSON.stringify(two), ['A'.repeat(43)])).toBe('unknown-key')
  for (const text of ['', '{', '[]', 'null', '{"format":3}'])
    expect(await judge(text)).toBe('not-a-certificate')
  const verdict = judgeCertificate(JSON.stringify(two), [key], async () => null)
  expect((await verdict).verdict).toBe('cannot-verify')
})
